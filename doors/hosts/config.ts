/** The environment, read once. */
export * from '../../hosts/config/config.js';
export * from '../../hosts/config/config-error.js';
export * from '../../hosts/config/load-config.js';
export * from '../../hosts/config/secret.js';
