import type { Request } from 'express';
import type { AuthError } from '../../core/domain/auth-error.js';
import type { Origin } from '../../core/domain/origin.js';
import type { RateVerdict } from '../../core/domain/rate-rule.js';
import { tidyLine } from '../../core/domain/text.js';
import type { AccessClaims } from '../../core/ports/token-issuer.js';
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
  /** Why the request was refused, once it was. */
  refusal: AuthError['code'] | null;
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
