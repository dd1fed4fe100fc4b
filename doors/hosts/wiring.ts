/** The core with every adapter that a configuration names. */
export * from '../../hosts/wiring/compose.js';
