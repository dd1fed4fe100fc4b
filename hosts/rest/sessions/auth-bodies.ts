import type { TokenResponse } from '../../../core/domain/sessions/token-response.js';
import type { LogInInput } from '../../../core/usecases/sessions/log-in.js';
import type { SignedIn } from '../../../core/usecases/steps/signed-in.js';
import { type UserBody, userBody } from '../accounts/user-bodies.js';
import { type BoundsOf, requireLengths } from '../text-bounds.js';

/** A login with a password. */
export interface LogInBody {
  /**
   * @example "camille@example.org"
   */
  email: string;
  /**
   * @minLength 1
   * @format password
   * @example "correct horse battery staple"
   */
  password: string;
  /**
   * Shown in the list of sessions; truncated to 100 characters.
   * @example "Camille's phone"
   */
  device_name?: string | null;
  /**
   * The last refresh token that this account had on this device, also after its session ended. Wrong passwords then count only for this
   * device, so that attempts of other devices do not delay it. Any other text is ignored.
   * @example "mar1_AZyLbq0EcE-pk6oabWTl3wAAAAAAA2L8Zl0pQmZ0c1Rk5uV7yX9aB3cD4eF5g"
   */
  known_device?: string | null;
}

/** Nothing is judged by them but what is worth a look-up. */
export const logInBounds = {
  email: { maxLength: 320 },
  password: { minLength: 1, maxLength: 512 },
  device_name: { maxLength: 1000 },
  known_device: { maxLength: 8192 },
} as const satisfies BoundsOf<LogInBody>;

export function logInInput(body: LogInBody): Omit<LogInInput, 'origin' | 'signal'> {
  requireLengths(body, { bounds: logInBounds, nullable: ['device_name', 'known_device'] });
  return { email: body.email, password: body.password, deviceName: body.device_name, knownDevice: body.known_device };
}

/** A refresh token. */
export interface RefreshTokenBody {
  /** @example "v1.AZyLbq0Ec4qTqGm1xk5d8A.0.Yk3sVwq9Tq2xJ3mB0cP4dQ" */
  refresh_token: string;
}

/** The tokens that a login or a refresh returns (RFC 6749 §5.1). */
export interface TokensBody {
  /**
   * A JWT for `Authorization: Bearer`.
   * @example "eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCIsImtpZCI6ImExIn0.eyJzdWIiOiI3In0.c2lnbmF0dXJl"
   */
  access_token: string;
  /**
   * Valid for one refresh, which returns its successor.
   * @example "v1.AZyLbq0Ec4qTqGm1xk5d8A.0.Yk3sVwq9Tq2xJ3mB0cP4dQ"
   */
  refresh_token: string;
  token_type: 'bearer';
  /**
   * Seconds until the access token expires.
   * @isInt
   * @example 900
   */
  expires_in: number;
  /**
   * Seconds until the refresh token expires if it is not used.
   * @isInt
   * @example 86400
   */
  refresh_expires_in: number;
  /** @example "019c8b6e-ad04-738a-93a8-69b5c64e5df0" */
  session_id: string;
}

export function tokensBody(tokens: TokenResponse): TokensBody {
  return {
    access_token: tokens.accessToken,
    refresh_token: tokens.refreshToken,
    token_type: 'bearer',
    expires_in: tokens.expiresIn,
    refresh_expires_in: tokens.refreshExpiresIn,
    session_id: tokens.sessionId,
  };
}

/** Tokens, and the account that they are for. */
export interface SignedInBody extends TokensBody {
  user: UserBody;
}

export const signedInBody = ({ tokens, profile }: SignedIn): SignedInBody => ({ ...tokensBody(tokens), user: userBody(profile) });
