import { canonicalEmail, type EmailAddress } from '../../../core/domain/accounts/email-address.js';
import type { UserId } from '../../../core/domain/ids.js';
import type { DemoAccount, DemoAccounts, DemoAddresses } from '../../../core/ports/accounts/demo-accounts.js';
import type { MemoryDatabase } from '../memory-database.js';
import type { MemorySpace } from '../memory-space.js';
import { MemoryUserRepository } from './memory-user-repository.js';

export class MemoryDemoAccounts implements DemoAccounts {
  readonly #space: MemorySpace;
  readonly #users: MemoryUserRepository;

  constructor(options: { readonly space: MemorySpace; readonly database: MemoryDatabase }) {
    this.#space = options.space;
    this.#users = new MemoryUserRepository(options);
  }

  async hasOthers({ emails, domain }: DemoAddresses): Promise<boolean> {
    const known = new Set<EmailAddress>(emails);
    return await this.#space.read(({ users }) =>
      Array.from(users.entries(), ([, user]) => canonicalEmail(user.email)).some(
        (email) => !known.has(email) && !email.endsWith(`@${domain}`),
      ),
    );
  }

  async add(accounts: readonly DemoAccount[]): Promise<ReadonlyMap<EmailAddress, UserId>> {
    const added = new Map<EmailAddress, UserId>();
    for (const { passwordHash, periods, ...user } of accounts) {
      const insertion = await this.#users.insert(user);
      if (insertion.kind === 'email_taken') continue;
      const { id } = insertion.user;
      await this.#space.write((tables) => {
        tables.passwords.set(id, { hash: passwordHash, lastLoginAt: null });
        tables.periods.set(id, [...periods]);
      });
      added.set(user.email, id);
    }
    return added;
  }
}
