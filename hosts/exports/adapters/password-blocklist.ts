/** The list of common passwords that the package ships. */
import '../../config/require-node.js';

export * from '../../../adapters/password-blocklist/builtin-password-blocklist.js';
