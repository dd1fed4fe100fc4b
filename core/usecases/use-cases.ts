import type { AuthenticateAccess } from './authenticate-access.js';
import type { ChangePassword } from './change-password.js';
import type { CheckReadiness } from './check-readiness.js';
import type { EndSessions } from './end-sessions.js';
import type { FollowRevocations } from './follow-revocations.js';
import type { ListSessions } from './list-sessions.js';
import type { LogIn } from './log-in.js';
import type { LogOut } from './log-out.js';
import type { PruneSessions } from './prune-sessions.js';
import type { RefreshSession } from './refresh-session.js';
import type { RegisterUser } from './register-user.js';
import type { SeedDemo } from './seed-demo.js';
import type { ThrottleClient } from './throttle-client.js';
import type { UpdateProfile } from './update-profile.js';
import type { ViewProfile } from './view-profile.js';

/** Everything that can be asked of the core, by name: a host takes a `Pick` of it. */
export interface UseCases {
  readonly authenticateAccess: AuthenticateAccess;
  readonly changePassword: ChangePassword;
  readonly checkReadiness: CheckReadiness;
  readonly endSessions: EndSessions;
  readonly followRevocations: FollowRevocations;
  readonly listSessions: ListSessions;
  readonly logIn: LogIn;
  readonly logOut: LogOut;
  readonly pruneSessions: PruneSessions;
  readonly refreshSession: RefreshSession;
  readonly registerUser: RegisterUser;
  readonly seedDemo: SeedDemo;
  readonly throttleClient: ThrottleClient;
  readonly updateProfile: UpdateProfile;
  readonly viewProfile: ViewProfile;
}
