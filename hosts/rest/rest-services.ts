import type { Ports } from '../../core/ports/ports.js';
import type { UseCases } from '../../core/usecases/use-cases.js';

/** What the REST host asks of the core. */
export interface RestServices
  extends Pick<
      UseCases,
      | 'registerUser'
      | 'logIn'
      | 'refreshSession'
      | 'logOut'
      | 'viewProfile'
      | 'updateProfile'
      | 'listSessions'
      | 'endSessions'
      | 'changePassword'
      | 'authenticateAccess'
      | 'throttleClient'
      | 'checkReadiness'
      | 'issueTicket'
    >,
    Pick<Ports, 'logger' | 'metrics' | 'tracer' | 'random' | 'clock' | 'passwordPolicy'> {}

/** What a deployment chooses of the REST host. */
export interface RestSettings {
  /** Addresses and CIDR blocks of the proxies whose `X-Forwarded-For` is believed. Without one, no header says where a request comes from. */
  readonly trustProxy: readonly string[];
  /** Origins whose pages may read the answers (`https://app.example.org`). */
  readonly corsOrigins: readonly string[];
  /** False hides `/docs`, `/redoc` and `/openapi.json`. */
  readonly areDocsOn: boolean;
  /** The bearer token that `/metrics` wants; null: only loopback clients may read it. */
  readonly metricsToken: string | null;
}
