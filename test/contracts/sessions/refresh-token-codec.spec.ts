import { HmacRefreshTokenCodec } from '../../../adapters/node-crypto/hmac-refresh-token-codec.js';
import { refreshTokenCodecContract } from '../../kit/contracts/sessions/refresh-token-codec.contract.js';

describe('The codec of refresh tokens', () => {
  refreshTokenCodecContract('node-crypto', (secrets) => new HmacRefreshTokenCodec(secrets));
});
