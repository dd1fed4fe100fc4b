import { accountOfAddress } from '../../../core/domain/accounts/account-of-address.js';
import type { EmailAddress } from '../../../core/domain/accounts/email-address.js';
import type { UserId } from '../../../core/domain/ids.js';
import type { Instant } from '../../../core/domain/instant.js';
import type { Credential, CredentialLookup, CredentialStore } from '../../../core/ports/accounts/credential-store.js';
import type { MemorySpace } from '../memory-space.js';
import type { MemoryTables, StoredPassword } from '../memory-tables.js';

export class MemoryCredentialStore implements CredentialStore {
  readonly #space: MemorySpace;

  constructor(options: { readonly space: MemorySpace }) {
    this.#space = options.space;
  }

  async findByEmail(email: EmailAddress): Promise<CredentialLookup> {
    return await this.#space.read((tables): CredentialLookup => {
      const owners = (tables.accounts.get(email) ?? []).map((id) => tables.users.get(id)).filter((user) => user !== null);
      const lookup = accountOfAddress(owners);
      if (lookup.kind !== 'found') return lookup;
      const credential = credentialOf(tables, lookup.account.id);
      return credential === null ? { kind: 'none' } : { kind: 'found', credential };
    });
  }

  async findByUser(id: UserId): Promise<Credential | null> {
    return await this.#space.read((tables) => credentialOf(tables, id));
  }

  async add(id: UserId, passwordHash: string): Promise<void> {
    await this.#space.write(({ users, passwords }) => {
      if (users.get(id) === null) throw new Error('a credential needs its user');
      if (passwords.get(id) !== null) throw new Error('the user has a credential already');
      passwords.set(id, { hash: passwordHash, lastLoginAt: null });
    });
  }

  async recordLogin(login: {
    readonly credential: Credential;
    readonly at: Instant;
    readonly upgradedHash: string | null;
  }): Promise<boolean> {
    const { credential, at, upgradedHash } = login;
    return await this.#change(credential, ({ hash }) => ({ hash: upgradedHash ?? hash, lastLoginAt: at }));
  }

  async replace(credential: Credential, passwordHash: string): Promise<boolean> {
    return await this.#change(credential, ({ lastLoginAt }) => ({ hash: passwordHash, lastLoginAt }));
  }

  async #change(judged: Credential, next: (stored: StoredPassword) => StoredPassword): Promise<boolean> {
    return await this.#space.write(({ passwords }) => {
      const stored = passwords.get(judged.userId);
      if (stored?.hash !== judged.passwordHash) return false;
      passwords.set(judged.userId, next(stored));
      return true;
    });
  }
}

function credentialOf({ users, passwords }: MemoryTables, id: UserId): Credential | null {
  const user = users.get(id);
  const stored = passwords.get(id);
  if (user === null || stored === null) return null;
  return { userId: id, passwordHash: stored.hash, isEnabled: user.isEnabled };
}
