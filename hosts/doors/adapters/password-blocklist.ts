/** The list of common passwords that the package ships. */
export * from '../../../adapters/password-blocklist/builtin-password-blocklist.js';
