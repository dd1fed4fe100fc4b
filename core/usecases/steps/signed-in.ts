import type { Profile } from '../../domain/accounts/profile.js';
import type { TokenResponse } from '../../domain/sessions/token-response.js';

/** What a registration and a login answer. */
export interface SignedIn {
  readonly tokens: TokenResponse;
  readonly profile: Profile;
}
