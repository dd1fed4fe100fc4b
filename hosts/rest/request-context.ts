import type { Request } from 'express';
import type { SessionId, UserId } from '../../core/domain/ids.js';
import type { RateVerdict } from '../../core/domain/limits/rate-rule.js';
import type { Origin } from '../../core/domain/origin.js';
import type { TokenResponse } from '../../core/domain/sessions/token-response.js';
import { tidyLine } from '../../core/domain/text.js';
import type { AccessClaims } from '../../core/ports/sessions/token-issuer.js';
import type { SignedIn } from '../../core/usecases/steps/signed-in.js';
import type { ProblemCode } from '../http/problem-catalogue.js';
import type { KnownPath } from './path-table.js';
import type { RestServices } from './rest-services.js';

/** What the host knows of a request beside what Express does. */
export interface RequestContext {
  readonly requestId: string;
  /** As `clientAddressFinder` found it. */
  readonly ip: string | null;
  /** The path as it came, without its query. */
  readonly path: string;
  /** Null for a path that is not served. */
  readonly known: KnownPath | null;
  /** What the client's limit said, once it was asked. */
  verdict: RateVerdict | null;
  /** True once a bearer token was looked for. */
  isBearerDue: boolean;
  /** Of the trace that it belongs to, where traces are wanted. */
  traceId: string | null;
  /** The session that the request opened or went on with, where it presents no access token. */
  signedIn: { readonly userId: UserId | null; readonly sessionId: SessionId } | null;
  /** Why the request was refused, once it was. */
  refusal: ProblemCode | null;
}

declare global {
  namespace Express {
    interface Request {
      /** Set by `openContext`, before anything else. */
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

export function originOf({ context, headers }: Request): Origin {
  return { ip: context.ip, userAgent: tidyLine(headers['user-agent'], 255), requestId: context.requestId };
}

/** Aborted once nobody waits for the answer any more: it was given, or the client has hung up. */
export function abortSignalOf({ res }: Request): AbortSignal {
  const patience = new AbortController();
  res?.once('close', () => patience.abort(isOver));
  return patience.signal;
}

/** The same for all: an error for each, with its stack, would cost a request more than its session does. */
const isOver = new Error('nobody waits for the answer any more');

/** Notes for the log whose session it was; gives back what was signed in. */
export function noteSignIn({ context }: Request, signedIn: SignedIn): SignedIn {
  context.signedIn = { userId: signedIn.profile.user.id, sessionId: signedIn.tokens.sessionId };
  return signedIn;
}

/** As `noteSignIn`, where only the session is known. */
export function noteRefresh({ context }: Request, tokens: TokenResponse): TokenResponse {
  context.signedIn = { userId: null, sessionId: tokens.sessionId };
  return tokens;
}
