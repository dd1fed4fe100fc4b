/** Access tokens as signed JWTs. */
export * from '../../../adapters/jose/jose-token-issuer.js';
