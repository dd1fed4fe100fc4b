import { type Container, ContainerModule } from 'inversify';
import type { Ports } from '../../core/ports/ports.js';
import type { Tracer } from '../../core/ports/tracer.js';
import { AdmitConnection } from '../../core/usecases/admit-connection.js';
import { AuthenticateAccess } from '../../core/usecases/authenticate-access.js';
import { ChangePassword } from '../../core/usecases/change-password.js';
import { CheckReadiness } from '../../core/usecases/check-readiness.js';
import { CheckSchema } from '../../core/usecases/check-schema.js';
import { DeliverEvent } from '../../core/usecases/deliver-event.js';
import { EndSessions } from '../../core/usecases/end-sessions.js';
import { ExportAudit } from '../../core/usecases/export-audit.js';
import { FollowAudit } from '../../core/usecases/follow-audit.js';
import { FollowConnections } from '../../core/usecases/follow-connections.js';
import { FollowRevocations } from '../../core/usecases/follow-revocations.js';
import { IssueTicket } from '../../core/usecases/issue-ticket.js';
import { ListAudit } from '../../core/usecases/list-audit.js';
import { ListSessions } from '../../core/usecases/list-sessions.js';
import { ListUserSessions } from '../../core/usecases/list-user-sessions.js';
import { ListUsers } from '../../core/usecases/list-users.js';
import { LogIn } from '../../core/usecases/log-in.js';
import { LogOut } from '../../core/usecases/log-out.js';
import { PruneAudit } from '../../core/usecases/prune-audit.js';
import { PruneSessions } from '../../core/usecases/prune-sessions.js';
import { PublishEvent } from '../../core/usecases/publish-event.js';
import { RecordDisconnection } from '../../core/usecases/record-disconnection.js';
import { RefreshSession } from '../../core/usecases/refresh-session.js';
import { RegisterUser } from '../../core/usecases/register-user.js';
import { RenewConnection } from '../../core/usecases/renew-connection.js';
import { ReplayEvents } from '../../core/usecases/replay-events.js';
import { RevokeSessions } from '../../core/usecases/revoke-sessions.js';
import { SealAudit } from '../../core/usecases/seal-audit.js';
import { SeedCrowd } from '../../core/usecases/seed-crowd.js';
import { SeedDemo } from '../../core/usecases/seed-demo.js';
import { SetAccountEnabled } from '../../core/usecases/set-account-enabled.js';
import { ShowUser } from '../../core/usecases/show-user.js';
import { ThrottleClient } from '../../core/usecases/throttle-client.js';
import { UpdateProfile } from '../../core/usecases/update-profile.js';
import type { UseCases } from '../../core/usecases/use-cases.js';
import { VerifyAudit } from '../../core/usecases/verify-audit.js';
import { ViewProfile } from '../../core/usecases/view-profile.js';
import { WatchDefinitions } from '../../core/usecases/watch-definitions.js';
import { WatchSubscriptions } from '../../core/usecases/watch-subscriptions.js';
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
