import type { Profile } from '../../domain/accounts/profile.js';
import type { Grant } from '../../domain/sessions/grant.js';

/** What a registration and a login answer. */
export interface SignedIn {
  readonly grant: Grant;
  readonly profile: Profile;
}
