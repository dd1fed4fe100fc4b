import type { Profile } from '../../domain/accounts/profile.js';
import type { Ports } from '../../ports/ports.js';
import { type AccountSelector, findAccount } from '../steps/find-account.js';
import { loadProfile } from '../steps/load-profile.js';

export interface ShownUser extends Profile {
  /** Number of sessions that are live now. */
  readonly liveSessions: number;
}

export type ShowUserPorts = Pick<Ports, 'users' | 'subscriptions' | 'sessions' | 'clock'>;

/**
 * Shows one account, disabled or not, to an admin.
 * @throws AuthError `not_found`, `precondition_failed` as `findAccount` does; `dependency_unavailable`
 */
export class ShowUser {
  readonly #ports: ShowUserPorts;

  constructor(ports: ShowUserPorts) {
    this.#ports = ports;
  }

  async execute({ account }: { readonly account: AccountSelector }): Promise<ShownUser> {
    const { users, sessions, clock } = this.#ports;
    const user = await findAccount(account, users);
    const now = clock.now();
    const [profile, live] = await Promise.all([loadProfile(user, now, this.#ports), sessions.listLive(user.id, now)]);
    return { ...profile, liveSessions: live.length };
  }
}
