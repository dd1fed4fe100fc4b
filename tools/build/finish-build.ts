import { copyAssets } from './copy-assets.js';
import { removeStaleOutput } from './remove-stale-output.js';

/** The last step of `npm run build`, after the compiler. */
const root = process.argv[2] ?? process.cwd();
removeStaleOutput(root);
copyAssets(root);
