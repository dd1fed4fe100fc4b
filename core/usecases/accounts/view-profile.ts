import { type Profile, profileRepresentation } from '../../domain/accounts/profile.js';
import type { UserId } from '../../domain/ids.js';
import { requireVersion, type VersionConditions } from '../../domain/version-conditions.js';
import type { Ports } from '../../ports/ports.js';
import { profileOf, requireEnabled } from '../steps/load-profile.js';

/** A profile and the name of this state of it: equal states have equal names, different states different ones. */
export interface VersionedProfile {
  readonly profile: Profile;
  readonly version: string;
}

export type ViewProfilePorts = Pick<Ports, 'users' | 'keyedDigest' | 'clock'>;

/**
 * Returns the user's own profile, if the conditions admit its state.
 * @throws AuthError `session_revoked` for an account that no longer exists, `account_disabled`, `precondition_failed`,
 * `dependency_unavailable`
 */
export class ViewProfile {
  readonly #ports: ViewProfilePorts;

  constructor(ports: ViewProfilePorts) {
    this.#ports = ports;
  }

  async execute({ userId, ...conditions }: { readonly userId: UserId } & VersionConditions): Promise<VersionedProfile> {
    const { users, clock, keyedDigest } = this.#ports;
    const profile = profileOf(requireEnabled(await users.findSubscribed(userId)), clock.now());
    const version = keyedDigest.digest('profile', profileRepresentation(profile));
    requireVersion(version, conditions);
    return { profile, version };
  }
}
