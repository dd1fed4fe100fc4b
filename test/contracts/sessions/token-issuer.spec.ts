import { JoseTokenIssuer } from '../../../adapters/jose/jose-token-issuer.js';
import { tokenIssuerContract } from '../../kit/contracts/sessions/token-issuer.contract.js';

describe('The issuer of access tokens', () => {
  tokenIssuerContract('jose', ({ maxLifetimeSeconds, ...keys }) => new JoseTokenIssuer({ keys, maxLifetimeSeconds }));
});
