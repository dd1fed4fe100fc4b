import { serverStage } from './server-stage.js';
import { stages } from './stages.js';

/**
 * For specs that need a database server of whichever kind, because no statement of theirs is their own subject. Importing this module
 * is what keeps a spec out of the part that is run again for each kind of database server.
 */
export const anyServerStage = serverStage;

/** As `stages`, for the same specs. */
export const anyStages = stages;
