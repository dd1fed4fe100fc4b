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
  /** The person or tool that changes the account, as the audit log names it. */
  readonly actor: string;
}

export interface AccountSwitched {
  readonly user: User;
  /** False when the account already had this status. */
  readonly hasChanged: boolean;
  readonly sessionsEnded: number;
}

export type SetAccountEnabledPorts = AnnounceRevocationsPorts & Pick<Ports, 'users' | 'unitOfWork' | 'clock'>;

/**
 * Disables an account and ends all its sessions, or enables it. The status, the sessions and the audit row are one transaction. A sign-in
 * that runs at the same time either commits before this transaction, which then ends its session, or finds the account disabled. Sessions
 * are ended also where another application has already disabled the account.
 * @throws AuthError `not_found`, `precondition_failed` as `findAccount` does; `forbidden` when the mapping does not let this product change
 * the status, with a cause that gives the reason; `validation_failed` when a table rejects the status; `dependency_unavailable`
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
