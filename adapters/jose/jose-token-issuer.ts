import { webcrypto } from 'node:crypto';
import { SignJWT } from 'jose/jwt/sign';
import { type Instant, secondsToMs } from '../../core/domain/instant.js';
import type { AccessClaims, AccessTokenVerdict, TokenIssuer } from '../../core/ports/sessions/token-issuer.js';
import { audience, issuer, numericDate, parseClaims } from './access-claims.js';
import { type AccessKey, accessKey } from './access-key.js';
import { signedPayload } from './signed-token.js';
import { VerifiedTokens } from './verified-tokens.js';

export interface JoseTokenIssuerOptions {
  /** Keys of at least 32 bytes, derived from the application's secret for this purpose alone. */
  readonly keys: {
    /** The one that signs. */
    readonly current: Uint8Array;
    /** Those that signed before: still verified. */
    readonly previous: readonly Uint8Array[];
  };
  /**
   * The longest life, from `iat` to `exp`, that is accepted. A process remembers an ended session for as long as its own tokens live: a
   * token with a longer life, issued before the setting was lowered, would be accepted again after that.
   */
  readonly maxLifetimeSeconds: number;
}

/** How long after its end a token is still taken, for clocks that differ a little (RFC 7519 §4.1.4). */
export const leewaySeconds = 5;

/** How far in the future `iat` may be. Wider than the leeway of `exp`: the clock may step back when another database server takes over. */
export const issuedAtLeewaySeconds = 60;

const cacheBytes = 8 * 1024 * 1024;

/**
 * Signs with jose. Verifies by itself, synchronously: a verification by jose waits for a thread of the pool, behind password hashes.
 * A token verified before costs a look-up; its instants are judged each time.
 */
export class JoseTokenIssuer implements TokenIssuer {
  readonly #current: AccessKey;
  readonly #signingKey: Promise<webcrypto.CryptoKey>;
  readonly #keys: ReadonlyMap<string, AccessKey>;
  readonly #maxLifetimeMs: number;
  readonly #verified = new VerifiedTokens({ maxBytes: cacheBytes });

  constructor({ keys, maxLifetimeSeconds }: JoseTokenIssuerOptions) {
    this.#maxLifetimeMs = secondsToMs(maxLifetimeSeconds);
    this.#current = accessKey(keys.current);
    this.#keys = new Map([...keys.previous.map(accessKey), this.#current].map((key) => [key.kid, key]));
    // jose is a third faster with a key that was imported once.
    this.#signingKey = webcrypto.subtle.importKey('raw', keys.current, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  }

  async issue({ userId, sessionId, tokenId, issuedAt, expiresAt }: AccessClaims): Promise<string> {
    return await new SignJWT({ sid: sessionId })
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: this.#current.kid })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(userId)
      .setJti(tokenId)
      .setIssuedAt(numericDate(issuedAt))
      .setExpirationTime(numericDate(expiresAt))
      .sign(await this.#signingKey);
  }

  async verify(token: string, now: Instant): Promise<AccessTokenVerdict> {
    const known = this.#verified.get(token);
    const claims = known ?? parseClaims(signedPayload(token, this.#keys));
    if (claims === null) return { kind: 'invalid' };
    if (this.#isOver(claims, now)) {
      this.#verified.delete(token);
      return { kind: 'expired' };
    }
    if (known === null) this.#verified.add(token, claims);
    return { kind: 'valid', claims };
  }

  /**
   * Also over: a token that would live longer than this process issues them, and one that was issued before the clock was set back. Its
   * client refreshes it, and stays signed in.
   */
  #isOver({ issuedAt, expiresAt }: AccessClaims, now: Instant): boolean {
    const isEarly = issuedAt > now + secondsToMs(issuedAtLeewaySeconds);
    return isEarly || now >= expiresAt + secondsToMs(leewaySeconds) || expiresAt - issuedAt > this.#maxLifetimeMs;
  }
}
