import { join } from 'node:path';
import { projectRoot } from './project-root.js';

/** The executable of this build: `move-acces`. */
export const commandFile = join(projectRoot(), 'dist/hosts/bin/move-acces.js');
