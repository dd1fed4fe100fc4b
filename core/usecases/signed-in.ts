import type { Grant } from '../domain/grant.js';
import type { Profile } from '../domain/profile.js';

/** What a registration and a login answer. */
export interface SignedIn {
  readonly grant: Grant;
  readonly profile: Profile;
}
