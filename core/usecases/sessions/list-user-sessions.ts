import type { Session } from '../../domain/sessions/session.js';
import type { Ports } from '../../ports/ports.js';
import { type AccountSelector, findAccount } from '../steps/find-account.js';

export type ListUserSessionsPorts = Pick<Ports, 'users' | 'sessions' | 'clock'>;

/**
 * Lists the live sessions of a user for an admin, the most recently used first.
 * @throws AuthError `not_found`, `precondition_failed` as `findAccount` does; `dependency_unavailable`
 */
export class ListUserSessions {
  readonly #ports: ListUserSessionsPorts;

  constructor(ports: ListUserSessionsPorts) {
    this.#ports = ports;
  }

  async execute({ account }: { readonly account: AccountSelector }): Promise<readonly Session[]> {
    const { users, sessions, clock } = this.#ports;
    const user = await findAccount(account, users);
    return await sessions.listLive(user.id, clock.now());
  }
}
