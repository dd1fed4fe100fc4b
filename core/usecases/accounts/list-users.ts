import type { User } from '../../domain/accounts/user.js';
import type { UserQuery } from '../../ports/accounts/user-repository.js';
import type { Ports } from '../../ports/ports.js';

export interface UserPage {
  readonly users: readonly User[];
  /** Whether more users follow the last one on this page. */
  readonly hasMore: boolean;
}

/**
 * Lists accounts for an admin, a page at a time. The next page begins after the last user of this one.
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
