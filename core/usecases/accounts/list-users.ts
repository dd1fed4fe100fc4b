import type { User } from '../../domain/accounts/user.js';
import type { UserQuery } from '../../ports/accounts/user-repository.js';
import type { Ports } from '../../ports/ports.js';

export interface UserPage {
  readonly users: readonly User[];
  /** Whether there are more after the last one. */
  readonly hasMore: boolean;
}

/**
 * Shows an admin who has an account, a page at a time: the next one begins after the last user of this one.
 * @throws AuthError `dependency_unavailable`
 */
export class ListUsers {
  readonly #ports: Pick<Ports, 'users'>;

  constructor(ports: Pick<Ports, 'users'>) {
    this.#ports = ports;
  }

  async execute(query: UserQuery): Promise<UserPage> {
    const users = await this.#ports.users.list({ ...query, limit: query.limit + 1 });
    return { users: users.slice(0, query.limit), hasMore: users.length > query.limit };
  }
}
