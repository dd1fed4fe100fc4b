/** The core with every adapter that a configuration names. */
export * from '../../wiring/compose.js';
