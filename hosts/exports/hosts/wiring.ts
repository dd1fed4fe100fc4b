/** The core with every adapter that a configuration names. */
import '../../config/require-node.js';

export * from '../../wiring/compose.js';
