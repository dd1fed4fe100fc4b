import { canonicalEmail, type EmailAddress, visibleEmail } from '../../../core/domain/accounts/email-address.js';
import type { NewUser, ProfileChanges, User } from '../../../core/domain/accounts/user.js';
import { AuthError } from '../../../core/domain/auth-error.js';
import type { UserId } from '../../../core/domain/ids.js';
import { codePoints } from '../../../core/domain/text.js';
import type {
  AccountSwitch,
  SubscribedUser,
  UserInsertion,
  UserQuery,
  UserRepository,
} from '../../../core/ports/accounts/user-repository.js';
import type { MemoryDatabase } from '../memory-database.js';
import type { MemorySpace } from '../memory-space.js';
import type { MemoryTables } from '../memory-tables.js';

/** Max lengths in code points, as in the columns of a table. */
const widths = { email: 191, firstName: 100, lastName: 100, phone: 32 };

export class MemoryUserRepository implements UserRepository {
  readonly #space: MemorySpace;
  readonly #database: MemoryDatabase;

  constructor(options: { readonly space: MemorySpace; readonly database: MemoryDatabase }) {
    this.#space = options.space;
    this.#database = options.database;
  }

  async find(id: UserId): Promise<User | null> {
    return await this.#space.read((tables) => tables.users.get(id));
  }

  async findSubscribed(id: UserId): Promise<SubscribedUser | null> {
    return await this.#space.read((tables) => {
      const user = tables.users.get(id);
      return user && { ...user, periods: tables.periods.get(id) ?? [] };
    });
  }

  async findForUpdate(id: UserId): Promise<User | null> {
    return await this.find(id);
  }

  async findByEmail(email: EmailAddress): Promise<readonly User[]> {
    return await this.#space.read((tables) => byKey(tables).filter((user) => canonicalEmail(user.email) === email));
  }

  async list({ search, after, limit }: UserQuery): Promise<readonly User[]> {
    const sought = search?.toLowerCase() ?? '';
    const isSought = ({ email, firstName, lastName }: User) =>
      [email, firstName, lastName].some((text) => text?.toLowerCase().includes(sought));
    return await this.#space.read((tables) =>
      byKey(tables)
        .filter((user) => isSought(user) && (after === null || Number(user.id) > Number(after)))
        .slice(0, limit),
    );
  }

  async hasEmail(email: EmailAddress): Promise<boolean> {
    return await this.#space.read((tables) => (tables.accounts.get(email) ?? []).length > 0);
  }

  async insert({ typedEmail, ...user }: NewUser): Promise<UserInsertion> {
    const row = { ...user, email: typedEmail ?? user.email };
    refuseTooLong(row);
    return await this.#space.write((tables) => {
      if (isTaken(tables, user.email)) return { kind: 'email_taken' };
      const inserted: User = { ...row, id: this.#database.nextUserId(), isEnabled: true };
      tables.accounts.set(user.email, [inserted.id]);
      tables.users.set(inserted.id, inserted);
      return { kind: 'inserted', user: inserted };
    });
  }

  async updateProfile(id: UserId, changes: ProfileChanges): Promise<SubscribedUser | null> {
    refuseTooLong(changes);
    return await this.#space.write((tables) => {
      const before = tables.users.get(id);
      if (before === null) return null;
      const { firstName = before.firstName, lastName = before.lastName, phone = before.phone } = changes;
      const after: User = { ...before, firstName, lastName, phone };
      tables.users.set(id, after);
      return { ...after, periods: tables.periods.get(id) ?? [] };
    });
  }

  async setEnabled(id: UserId, isEnabled: boolean): Promise<AccountSwitch> {
    return await this.#space.write((tables): AccountSwitch => {
      const before = tables.users.get(id);
      if (before === null) return { kind: 'unknown' };
      if (before.isEnabled === isEnabled) return { kind: 'unchanged', user: before };
      const after: User = { ...before, isEnabled };
      tables.users.set(id, after);
      return { kind: 'changed', user: after };
    });
  }
}

/** In this adapter keys are numbers. */
const byKey = ({ users }: MemoryTables): User[] =>
  Array.from(users.entries(), ([, user]) => user).sort((one, other) => Number(one.id) - Number(other.id));

function refuseTooLong(texts: Partial<Pick<User, keyof typeof widths>>): void {
  const fields = Object.keys(widths) as (keyof typeof widths)[];
  const violations = fields
    .filter((field) => codePoints(texts[field] ?? '') > widths[field])
    .map((field) => ({ field, rule: `at most ${widths[field]} characters` }));
  if (violations.length > 0) throw new AuthError('validation_failed', { detail: { violations } });
}

/** Returns whether an account has the address, or an address that looks the same. */
const isTaken = ({ accounts }: MemoryTables, email: EmailAddress): boolean =>
  accounts.get(email)?.length
    ? true
    : [...accounts.entries()].some(([stored, owners]) => owners.length > 0 && visibleEmail(stored) === email);
