/** Hashes of bcrypt that exist already. */
export * from '../../../adapters/bcrypt/bcrypt-verifier.js';
