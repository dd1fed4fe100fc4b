import type { Profile } from '../../domain/accounts/profile.js';
import type { TokenResponse } from '../../domain/sessions/token-response.js';

/** The result of a registration and of a login. */
export interface SignedIn {
  readonly tokens: TokenResponse;
  readonly profile: Profile;
}
