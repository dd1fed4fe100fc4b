import { type Profile, profileRepresentation } from '../../domain/accounts/profile.js';
import { parseProfileChanges } from '../../domain/accounts/profile-fields.js';
import type { ProfileChanges, User } from '../../domain/accounts/user.js';
import { auditEvent } from '../../domain/audit/audit-event.js';
import { AuthError } from '../../domain/auth-error.js';
import type { SessionId, UserId } from '../../domain/ids.js';
import type { Origin } from '../../domain/origin.js';
import { throwIfAborted } from '../../domain/throw-if-aborted.js';
import { isConditional, isExpected, isUnwanted, type VersionConditions } from '../../domain/version-conditions.js';
import type { Ports } from '../../ports/ports.js';
import type { Stores } from '../../ports/unit-of-work.js';
import { type AnnounceEventsPorts, announceEvents } from '../steps/announce-events.js';
import { loadProfile, profileOf, requireEnabled } from '../steps/load-profile.js';
import { isTableRefusal, refusalDetails } from '../steps/table-refusal.js';
import type { VersionedProfile } from './view-profile.js';

/**
 * The change is made only to a state that the conditions admit. A change that is in place already succeeds, whatever is expected: it may be
 * the repeat of a request whose response was lost.
 */
export interface UpdateProfileInput extends VersionConditions {
  readonly userId: UserId;
  readonly sessionId: SessionId;
  readonly changes: ProfileChanges;
  readonly origin: Origin;
  /** Aborted when the client no longer waits for the response: a change that commits later could overwrite a newer one. */
  readonly signal?: AbortSignal;
}

export type UpdateProfilePorts = AnnounceEventsPorts & Pick<Ports, 'audit' | 'unitOfWork' | 'keyedDigest' | 'clock' | 'revokedSessions'>;

/**
 * Changes the user's own profile. The row of the user, and the audit row that names the changed fields, are one transaction.
 * @throws AuthError `validation_failed` (also for a value that the table of accounts rejects), `precondition_failed`, `session_revoked`,
 * `account_disabled`, `dependency_unavailable`
 */
export class UpdateProfile {
  readonly #ports: UpdateProfilePorts;

  constructor(ports: UpdateProfilePorts) {
    this.#ports = ports;
  }

  async execute({ userId, sessionId, changes: input, origin, signal, ...conditions }: UpdateProfileInput): Promise<VersionedProfile> {
    const { audit, unitOfWork, clock, revokedSessions } = this.#ports;
    const { changes, violations } = parseProfileChanges(input);
    if (violations.length > 0) throw new AuthError('validation_failed', { detail: { violations } });
    const fields = Object.keys(changes) as (keyof ProfileChanges)[]; // a cast: the parser returns no other members
    const now = clock.now();
    const change = async (stores: Stores): Promise<Profile> => {
      throwIfAborted(signal);
      // An unconditional change needs no earlier read: if the account turns out to be closed, the transaction is not committed.
      if (isConditional(conditions) || fields.length === 0) {
        const before = await loadProfile(requireEnabled(await stores.users.findForUpdate(userId)), now, stores);
        const version = this.#version(before);
        const isInPlace = !isExpected(version, conditions) && isApplied(changes, before.user);
        if (isUnwanted(version, conditions) || !(isExpected(version, conditions) || isInPlace)) throw new AuthError('precondition_failed');
        if (isInPlace || fields.length === 0) return before;
      }
      const updated = requireEnabled(await stores.users.updateProfile(userId, changes));
      // The session may have ended while this call waited for its transaction.
      if (revokedSessions.has(sessionId)) throw new AuthError('session_revoked');
      const details = { fields: fields.join(',') };
      await stores.audit.record(
        auditEvent({ occurredAt: now, event: 'profile_update', outcome: 'success', userId, sessionId, origin, details }),
      );
      return profileOf(updated, now);
    };
    const profile = await unitOfWork.run(change, signal && { signal }).catch(async (error: unknown) => {
      // Whether others have a value may be learned by trying, so that each try leaves a trace.
      if (isTableRefusal(error)) {
        const details = refusalDetails(error);
        await audit.record(
          auditEvent({ occurredAt: now, event: 'profile_update', outcome: 'failure', userId, sessionId, origin, details }),
        );
      }
      throw error;
    });
    if (fields.length > 0) await announceEvents([{ userId, event: { kind: 'profile_updated', fields }, at: now }], this.#ports);
    return { profile, version: this.#version(profile) };
  }

  #version(profile: Profile): string {
    return this.#ports.keyedDigest.digest('profile', profileRepresentation(profile));
  }
}

/** True when there is at least one change, and the row of the user already holds all of them. */
const isApplied = (changes: ProfileChanges, user: User): boolean =>
  Object.keys(changes).length > 0 && Object.entries(changes).every(([field, value]) => user[field as keyof ProfileChanges] === value);
