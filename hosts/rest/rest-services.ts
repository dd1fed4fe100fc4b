import type { Ports } from '../../core/ports/ports.js';
import type { UseCases } from '../../core/usecases/use-cases.js';

/** The parts of the core that the REST host uses. */
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

/** The settings of the REST host. */
export interface RestSettings {
  /** Addresses and CIDR blocks of the proxies whose `X-Forwarded-For` is trusted. Without one, no header determines the client address. */
  readonly trustProxy: readonly string[];
  /** Origins whose pages may read the responses (`https://app.example.org`). */
  readonly corsOrigins: readonly string[];
  /** False hides `/docs`, `/redoc` and `/openapi.json`. */
  readonly areDocsOn: boolean;
  /** The bearer token that `/metrics` requires; null: only loopback clients may read it. */
  readonly metricsToken: string | null;
}
