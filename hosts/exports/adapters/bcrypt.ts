/** Hashes of bcrypt that exist already. */
import '../../config/require-node.js';

export * from '../../../adapters/bcrypt/bcrypt-verifier.js';
