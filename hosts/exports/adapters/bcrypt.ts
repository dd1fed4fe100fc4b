/** Verification of existing bcrypt hashes. */
import '../../config/require-node.js';

export * from '../../../adapters/bcrypt/bcrypt-verifier.js';
