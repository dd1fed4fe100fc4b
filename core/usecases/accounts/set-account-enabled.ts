import type { User } from '../../domain/accounts/user.js';
import { auditEvent } from '../../domain/audit/audit-event.js';
import { AuthError } from '../../domain/auth-error.js';
import { noOrigin } from '../../domain/origin.js';
import type { Ports } from '../../ports/ports.js';
import { type AnnounceRevocationsPorts, announceRevocations } from '../steps/announce-revocations.js';
import { type AccountSelector, findAccount } from '../steps/find-account.js';

export interface SetAccountEnabledInput {
  readonly account: AccountSelector;
  readonly isEnabled: boolean;
  /** Who does it, as the audit log names him. */
  readonly actor: string;
}

export interface AccountSwitched {
  readonly user: User;
  /** False when the account was so already. */
  readonly hasChanged: boolean;
  readonly sessionsEnded: number;
}

export type SetAccountEnabledPorts = AnnounceRevocationsPorts & Pick<Ports, 'users' | 'unitOfWork' | 'clock'>;

/**
 * Disables an account and ends all its sessions, or enables it: the status, the sessions and the audit row are one transaction. Whoever
 * is signing in at this moment comes before it, and is signed out by it, or finds the account disabled. Sessions are ended also where
 * another application had disabled the account already.
 * @throws AuthError `not_found`, `precondition_failed` as `findAccount` does; `forbidden` when the status is not ours to change, with
 * a cause that says so; `validation_failed` when a table refuses the status; `dependency_unavailable`
 */
export class SetAccountEnabled {
  readonly #ports: SetAccountEnabledPorts;

  constructor(ports: SetAccountEnabledPorts) {
    this.#ports = ports;
  }

  async execute({ account, isEnabled, actor }: SetAccountEnabledInput): Promise<AccountSwitched> {
    const { users, unitOfWork, clock } = this.#ports;
    const { id } = await findAccount(account, users);
    const switched = await unitOfWork.run(async (stores) => {
      const outcome = await stores.users.setEnabled(id, isEnabled);
      if (outcome.kind === 'unknown') throw new AuthError('not_found', { cause: new Error('no account has this id any more') });
      if (outcome.kind === 'not_ours') throw new AuthError('forbidden', { cause: new Error(notOurs(isEnabled)) });
      const now = clock.now();
      const revocations = isEnabled ? [] : await stores.sessions.revoke({ kind: 'of_user', userId: id }, 'account_disabled', now);
      const hasChanged = outcome.kind === 'changed';
      const details = { changed: hasChanged, ...(isEnabled ? {} : { sessions_ended: revocations.length }) };
      const event = isEnabled ? 'user_enable' : 'user_disable';
      await stores.audit.record(auditEvent({ occurredAt: now, event, outcome: 'success', userId: id, actor, origin: noOrigin, details }));
      return { user: outcome.user, hasChanged, revocations };
    });
    const { user, hasChanged, revocations } = switched;
    await announceRevocations(revocations, this.#ports);
    return { user, hasChanged, sessionsEnded: revocations.length };
  }
}

const notOurs = (isEnabled: boolean): string =>
  isEnabled
    ? 'another application closed this account, with a status that the mapping does not name as disabled'
    : 'the mapping names no status that disables an account';
