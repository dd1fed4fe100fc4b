import { openArgon2 } from '../../adapters/argon2/argon2-library.js';
import { Argon2PasswordHasher } from '../../adapters/argon2/argon2-password-hasher.js';
import { HashQueue } from '../../adapters/argon2/hash-queue.js';
import { Argon2Threads } from '../../adapters/argon2/threads/argon2-threads.js';
import { BcryptVerifier } from '../../adapters/bcrypt/bcrypt-verifier.js';
import { JoseTokenIssuer } from '../../adapters/jose/jose-token-issuer.js';
import type { HexRecipe } from '../../adapters/legacy-passwords/hex-recipe.js';
import { legacyVerifiers } from '../../adapters/legacy-passwords/legacy-verifiers.js';
import { deriveKey } from '../../adapters/node-crypto/derive-key.js';
import { HmacKeyedDigest } from '../../adapters/node-crypto/hmac-keyed-digest.js';
import { HmacMessageMac } from '../../adapters/node-crypto/hmac-message-mac.js';
import { HmacRefreshTokenCodec } from '../../adapters/node-crypto/hmac-refresh-token-codec.js';
import { NodeDigest } from '../../adapters/node-crypto/node-digest.js';
import { NodeRandom } from '../../adapters/node-crypto/node-random.js';
import type { Metrics } from '../../core/ports/operations/metrics.js';
import type { Config } from '../config/config.js';
import { portModule } from './port-module.js';

/** The application's secret in clear: it stays in the closures of the adapters made here. */
export interface AppSecrets {
  readonly current: string;
  readonly previous: readonly string[];
}

/** Tokens, digests and passwords; `hashing` is this process's share, `recipes` say how the existing tables' bare digests were made. */
export const secretsModule = (
  { current, previous }: AppSecrets,
  { hashing, tokens }: Pick<Config, 'hashing' | 'tokens'>,
  recipes: readonly HexRecipe[] = [],
) =>
  portModule((bindPort) => {
    const accessKey = (secret: string) => deriveKey({ secret, purpose: 'access-token' });
    const { concurrency, queue } = hashing;
    bindPort('random').toConstantValue(new NodeRandom());
    bindPort('digest').toConstantValue(new NodeDigest());
    bindPort('keyedDigest').toConstantValue(new HmacKeyedDigest({ secret: current }));
    bindPort('messageMac').toConstantValue(new HmacMessageMac({ current, previous }));
    bindPort('refreshTokens').toConstantValue(new HmacRefreshTokenCodec({ current, previous }));
    bindPort('tokens').toConstantValue(
      new JoseTokenIssuer({
        keys: { current: accessKey(current), previous: previous.map(accessKey) },
        maxLifetimeSeconds: tokens.accessTtlSeconds,
      }),
    );
    bindPort('hasher')
      .toResolvedValue(
        (metrics: Metrics) =>
          new Argon2PasswordHasher({
            threads: new Argon2Threads({ library: openArgon2(), size: concurrency }),
            parameters: hashing,
            queue: new HashQueue({ concurrency, maxWaiting: queue, metrics }),
            legacy: legacyVerifiers({ bcrypt: new BcryptVerifier(), concurrency, recipes }),
            metrics,
          }),
        ['metrics'],
      )
      .inSingletonScope();
  });
