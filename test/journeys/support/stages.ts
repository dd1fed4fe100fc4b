import { isPart } from '../../support/test-part.js';
import { embeddedStage } from './embedded-stage.js';
import { serverStage } from './server-stage.js';

const server = { name: 'on the database server with Redis', open: serverStage } as const;
const embedded = { name: 'on the embedded default', open: embeddedStage } as const;

/** Every place that the product has to work in. The embedded one is the same for each kind of database server, and run once. */
export const stages = isPart('database') ? [server] : [server, embedded];
