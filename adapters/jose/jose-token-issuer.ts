import { webcrypto } from 'node:crypto';
import { SignJWT } from 'jose/jwt/sign';
import { type Instant, secondsToMs } from '../../core/domain/instant.js';
import type { AccessClaims, AccessTokenVerdict, TokenIssuer } from '../../core/ports/sessions/token-issuer.js';
import { audience, issuer, numericDate, parseClaims } from './access-claims.js';
import { type AccessKey, accessKey } from './access-key.js';
import { signedPayload } from './signed-token.js';
import { VerifiedTokens } from './verified-tokens.js';

export interface JoseTokenIssuerOptions {
  /** Keys of at least 32 bytes, derived from the application's secret for this purpose only. */
  readonly keys: {
    /** The key that signs. */
    readonly current: Uint8Array;
    /** Keys that signed earlier; their signatures still verify. */
    readonly previous: readonly Uint8Array[];
  };
  /**
   * The max accepted lifetime, from `iat` to `exp`. A process remembers an ended session only for the lifetime of its own tokens. A token
   * with a longer lifetime, issued before the setting was lowered, would be accepted again after that.
   */
  readonly maxLifetimeSeconds: number;
}

/** Leeway in seconds after the expiry of a token, because clocks differ a little (RFC 7519 §4.1.4). */
export const leewaySeconds = 5;

/**
 * How far in the future `iat` may be, in seconds. More than the leeway of `exp`: the clock may step back when another database server takes
 * over.
 */
export const issuedAtLeewaySeconds = 60;

const cacheBytes = 8 * 1024 * 1024;

/**
 * Signs with jose. Verifies without jose, synchronously: a verification by jose waits for a thread of the pool, behind password hashes. A
 * token that was verified before costs one look-up in memory; its instants are checked each time.
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
   * Also true for a token with a longer lifetime than this process issues, and for one that was issued before the clock was set back. The
   * client refreshes such a token, and the user stays signed in.
   */
  #isOver({ issuedAt, expiresAt }: AccessClaims, now: Instant): boolean {
    const isEarly = issuedAt > now + secondsToMs(issuedAtLeewaySeconds);
    return isEarly || now >= expiresAt + secondsToMs(leewaySeconds) || expiresAt - issuedAt > this.#maxLifetimeMs;
  }
}
