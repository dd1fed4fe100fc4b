/** The environment, read once. */
import '../../config/require-node.js';

export * from '../../config/config.js';
export * from '../../config/config-error.js';
export * from '../../config/load-config.js';
export * from '../../config/secret.js';
