import type { Request } from 'express';
import type { SessionId, UserId } from '../../core/domain/ids.js';
import type { RateVerdict } from '../../core/domain/limits/rate-rule.js';
import type { Origin } from '../../core/domain/origin.js';
import type { TokenResponse } from '../../core/domain/sessions/token-response.js';
import type { AccessClaims } from '../../core/ports/sessions/token-issuer.js';
import type { SignedIn } from '../../core/usecases/steps/signed-in.js';
import type { ProblemCode } from '../http/problem-catalogue.js';
import { requestOrigin } from '../http/request-origin.js';
import type { KnownPath } from './path-table.js';
import type { RestServices } from './rest-services.js';

/** The host's own data on a request, in addition to Express's. */
export interface RequestContext {
  readonly requestId: string;
  /** The result of `clientAddressFinder`. */
  readonly ip: string | null;
  /** The raw path, without its query. */
  readonly path: string;
  /** Null for a path that is not served. */
  readonly known: KnownPath | null;
  /** The verdict of the client's limit, after it was checked. */
  verdict: RateVerdict | null;
  /** True after the code looked for a bearer token. */
  isBearerDue: boolean;
  /** Id of the request's trace, where tracing is on. */
  traceId: string | null;
  /** The session that the request opened or refreshed, where the request has no access token. */
  signedIn: { readonly userId: UserId | null; readonly sessionId: SessionId } | null;
  /** Why the request was refused, after it was. */
  refusal: ProblemCode | null;
}

declare global {
  namespace Express {
    interface Request {
      /** Set by `openContext`, the first middleware. */
      context: RequestContext;
      /** Set by `expressAuthentication`, where an action has `@Security`. */
      user?: AccessClaims;
    }
    interface Locals {
      services: RestServices;
    }
  }
}

/** The request of an action that has `@Security`. */
export type SignedInRequest = Request & { readonly user: AccessClaims };

export const originOf = (request: Request): Origin => requestOrigin(request, request.context);

/** Returns a signal that aborts when a response is no longer needed: it was sent, or the client has closed the connection. */
export function abortSignalOf({ res }: Request): AbortSignal {
  const controller = new AbortController();
  res?.once('close', () => controller.abort(isOver));
  return controller.signal;
}

/** One shared error: an error for each request, with its stack, would cost more than the request's session look-up. */
const isOver = new Error('nobody waits for the answer any more');

/** Records the user and the session for the log; returns its argument `signedIn`. */
export function noteSignIn({ context }: Request, signedIn: SignedIn): SignedIn {
  context.signedIn = { userId: signedIn.profile.user.id, sessionId: signedIn.tokens.sessionId };
  return signedIn;
}

/** As `noteSignIn`, where only the session is known. */
export function noteRefresh({ context }: Request, tokens: TokenResponse): TokenResponse {
  context.signedIn = { userId: null, sessionId: tokens.sessionId };
  return tokens;
}
