import { type Container, ContainerModule } from 'inversify';
import type { Ports } from '../../core/ports/ports.js';
import { AuthenticateAccess } from '../../core/usecases/authenticate-access.js';
import { ChangePassword } from '../../core/usecases/change-password.js';
import { CheckReadiness } from '../../core/usecases/check-readiness.js';
import { EndSessions } from '../../core/usecases/end-sessions.js';
import { FollowRevocations } from '../../core/usecases/follow-revocations.js';
import { ListSessions } from '../../core/usecases/list-sessions.js';
import { LogIn } from '../../core/usecases/log-in.js';
import { LogOut } from '../../core/usecases/log-out.js';
import { PruneSessions } from '../../core/usecases/prune-sessions.js';
import { RefreshSession } from '../../core/usecases/refresh-session.js';
import { RegisterUser } from '../../core/usecases/register-user.js';
import { SeedDemo } from '../../core/usecases/seed-demo.js';
import { ThrottleClient } from '../../core/usecases/throttle-client.js';
import { UpdateProfile } from '../../core/usecases/update-profile.js';
import type { UseCases } from '../../core/usecases/use-cases.js';
import { ViewProfile } from '../../core/usecases/view-profile.js';
import { portsToken } from './ports-module.js';

type UseCaseClass<UseCase> = new (ports: Ports) => UseCase;

const classes: { readonly [Name in keyof UseCases]: UseCaseClass<UseCases[Name]> } = {
  authenticateAccess: AuthenticateAccess,
  changePassword: ChangePassword,
  checkReadiness: CheckReadiness,
  endSessions: EndSessions,
  followRevocations: FollowRevocations,
  listSessions: ListSessions,
  logIn: LogIn,
  logOut: LogOut,
  pruneSessions: PruneSessions,
  refreshSession: RefreshSession,
  registerUser: RegisterUser,
  seedDemo: SeedDemo,
  throttleClient: ThrottleClient,
  updateProfile: UpdateProfile,
  viewProfile: ViewProfile,
};

/** One instance of each use case; the class is its own token. */
export const useCasesModule = new ContainerModule(({ bind }) => {
  for (const UseCase of Object.values<UseCaseClass<unknown>>(classes)) {
    bind(UseCase)
      .toResolvedValue((ports: Ports) => new UseCase(ports), [portsToken])
      .inSingletonScope();
  }
});

export function useCasesOf(container: Container): UseCases {
  const entries = Object.entries<UseCaseClass<unknown>>(classes).map(([name, UseCase]) => [name, container.get(UseCase)]);
  // a cast: `classes` has every name with its own class
  return Object.fromEntries(entries) as UseCases;
}
