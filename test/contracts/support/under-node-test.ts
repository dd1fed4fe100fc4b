import * as runner from 'node:test';
import { JoseTokenIssuer } from '../../../adapters/jose/jose-token-issuer.js';
import { HmacKeyedDigest } from '../../../adapters/node-crypto/hmac-keyed-digest.js';
import { HmacMessageMac } from '../../../adapters/node-crypto/hmac-message-mac.js';
import { HmacRefreshTokenCodec } from '../../../adapters/node-crypto/hmac-refresh-token-codec.js';
import * as kit from '../../../hosts/exports/testing.js';
import { memoryContracts } from './memory-contracts.js';

/** For `node --test`, where no test function is a global: every contract of the kit. */
memoryContracts(runner);
kit.tokenIssuerContract('jose', ({ maxLifetimeSeconds, ...keys }) => new JoseTokenIssuer({ keys, maxLifetimeSeconds }), runner);
kit.keyedDigestContract('node-crypto', (secret) => new HmacKeyedDigest({ secret }), runner);
kit.messageMacContract('node-crypto', (secrets) => new HmacMessageMac(secrets), runner);
kit.refreshTokenCodecContract('node-crypto', (secrets) => new HmacRefreshTokenCodec(secrets), runner);
