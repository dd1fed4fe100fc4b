/** The core with every adapter that a configuration selects. */
import '../../config/require-node.js';

export * from '../../wiring/compose.js';
