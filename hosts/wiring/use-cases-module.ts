import { type Container, ContainerModule } from 'inversify';
import type { Tracer } from '../../core/ports/operations/tracer.js';
import type { Ports } from '../../core/ports/ports.js';
import { ListUsers } from '../../core/usecases/accounts/list-users.js';
import { RegisterUser } from '../../core/usecases/accounts/register-user.js';
import { SetAccountEnabled } from '../../core/usecases/accounts/set-account-enabled.js';
import { ShowUser } from '../../core/usecases/accounts/show-user.js';
import { UpdateProfile } from '../../core/usecases/accounts/update-profile.js';
import { ViewProfile } from '../../core/usecases/accounts/view-profile.js';
import { ExportAudit } from '../../core/usecases/audit/export-audit.js';
import { FollowAudit } from '../../core/usecases/audit/follow-audit.js';
import { ListAudit } from '../../core/usecases/audit/list-audit.js';
import { PruneAudit } from '../../core/usecases/audit/prune-audit.js';
import { SealAudit } from '../../core/usecases/audit/seal-audit.js';
import { VerifyAudit } from '../../core/usecases/audit/verify-audit.js';
import { ThrottleClient } from '../../core/usecases/limits/throttle-client.js';
import { AdmitConnection } from '../../core/usecases/live/admit-connection.js';
import { DeliverEvent } from '../../core/usecases/live/deliver-event.js';
import { FollowConnections } from '../../core/usecases/live/follow-connections.js';
import { PublishEvent } from '../../core/usecases/live/publish-event.js';
import { RecordDisconnection } from '../../core/usecases/live/record-disconnection.js';
import { RenewConnection } from '../../core/usecases/live/renew-connection.js';
import { ReplayEvents } from '../../core/usecases/live/replay-events.js';
import { CheckReadiness } from '../../core/usecases/operations/check-readiness.js';
import { CheckSchema } from '../../core/usecases/operations/check-schema.js';
import { SeedCrowd } from '../../core/usecases/operations/seed-crowd.js';
import { SeedDemo } from '../../core/usecases/operations/seed-demo.js';
import { WatchDefinitions } from '../../core/usecases/operations/watch-definitions.js';
import { ChangePassword } from '../../core/usecases/passwords/change-password.js';
import { AuthenticateAccess } from '../../core/usecases/sessions/authenticate-access.js';
import { EndSessions } from '../../core/usecases/sessions/end-sessions.js';
import { FollowRevocations } from '../../core/usecases/sessions/follow-revocations.js';
import { IssueTicket } from '../../core/usecases/sessions/issue-ticket.js';
import { ListSessions } from '../../core/usecases/sessions/list-sessions.js';
import { ListUserSessions } from '../../core/usecases/sessions/list-user-sessions.js';
import { LogIn } from '../../core/usecases/sessions/log-in.js';
import { LogOut } from '../../core/usecases/sessions/log-out.js';
import { PruneSessions } from '../../core/usecases/sessions/prune-sessions.js';
import { RefreshSession } from '../../core/usecases/sessions/refresh-session.js';
import { RevokeSessions } from '../../core/usecases/sessions/revoke-sessions.js';
import { WatchSubscriptions } from '../../core/usecases/subscriptions/watch-subscriptions.js';
import type { UseCases } from '../../core/usecases/use-cases.js';
import { portsToken } from './ports-module.js';
import { tracedUseCasesOf } from './traced.js';

type UseCaseClass<UseCase> = new (ports: Ports) => UseCase;

const classes: { readonly [Name in keyof UseCases]: UseCaseClass<UseCases[Name]> } = {
  admitConnection: AdmitConnection,
  deliverEvent: DeliverEvent,
  followConnections: FollowConnections,
  issueTicket: IssueTicket,
  publishEvent: PublishEvent,
  recordDisconnection: RecordDisconnection,
  renewConnection: RenewConnection,
  replayEvents: ReplayEvents,
  watchSubscriptions: WatchSubscriptions,
  authenticateAccess: AuthenticateAccess,
  changePassword: ChangePassword,
  checkReadiness: CheckReadiness,
  checkSchema: CheckSchema,
  endSessions: EndSessions,
  exportAudit: ExportAudit,
  followAudit: FollowAudit,
  followRevocations: FollowRevocations,
  listAudit: ListAudit,
  listSessions: ListSessions,
  listUserSessions: ListUserSessions,
  listUsers: ListUsers,
  logIn: LogIn,
  logOut: LogOut,
  pruneAudit: PruneAudit,
  pruneSessions: PruneSessions,
  refreshSession: RefreshSession,
  registerUser: RegisterUser,
  revokeSessions: RevokeSessions,
  sealAudit: SealAudit,
  seedCrowd: SeedCrowd,
  seedDemo: SeedDemo,
  setAccountEnabled: SetAccountEnabled,
  showUser: ShowUser,
  throttleClient: ThrottleClient,
  updateProfile: UpdateProfile,
  verifyAudit: VerifyAudit,
  viewProfile: ViewProfile,
  watchDefinitions: WatchDefinitions,
};

/** One instance of each use case; the class is its own token. */
export const useCasesModule = new ContainerModule(({ bind }) => {
  for (const UseCase of Object.values<UseCaseClass<unknown>>(classes)) {
    bind(UseCase)
      .toResolvedValue((ports: Ports) => new UseCase(ports), [portsToken])
      .inSingletonScope();
  }
});

export function useCasesOf(container: Container, tracer: Tracer | null): UseCases {
  const entries = Object.entries<UseCaseClass<unknown>>(classes).map(([name, UseCase]) => [name, container.get(UseCase)]);
  // a cast: `classes` has every name with its own class
  const useCases = Object.fromEntries(entries) as UseCases;
  return tracer === null ? useCases : tracedUseCasesOf(useCases, tracer);
}
