/** Access tokens as signed JWTs. */
import '../../config/require-node.js';

export * from '../../../adapters/jose/jose-token-issuer.js';
