import { MemoryDatabase } from '../../../../adapters/memory/memory-database.js';
import { MemoryStores } from '../../../../adapters/memory/memory-stores.js';
import { MemoryUnitOfWork } from '../../../../adapters/memory/memory-unit-of-work.js';
import { MemoryExistingSchema } from '../../../../adapters/memory/operations/memory-existing-schema.js';
import type { User } from '../../../../core/domain/accounts/user.js';
import { type UserId, userId } from '../../../../core/domain/ids.js';
import type { ForeignUser, StoreHarness } from './store-harness.js';

/** A memory database, with the writes of other applications. */
export async function openMemoryStore(): Promise<StoreHarness> {
  const database = new MemoryDatabase();
  const stores = new MemoryStores({ database });
  const existingSchema = new MemoryExistingSchema({ space: database });
  existingSchema.fingerprints.set('users', 'a'.repeat(64));
  let lastForeignId = 1000;

  const existing = async (id: UserId): Promise<User> => {
    const user = await stores.users.find(id);
    if (user === null) throw new Error('no such user');
    return user;
  };
  return {
    stores,
    unitOfWork: new MemoryUnitOfWork({ database }),
    existingSchema,
    addUser: async ({ email, firstName = null, lastName = null, phone = null, isEnabled = true, passwordHash }: ForeignUser) => {
      lastForeignId += 1;
      const id = userId(lastForeignId);
      const account = { user: { id, email, firstName, lastName, phone, createdAt: null, isEnabled } };
      await database.putAccount(passwordHash ? { ...account, passwordHash } : account);
      return id;
    },
    deleteUser: (id) => database.deleteAccount(id),
    setForeignEmail: async (id, email) => database.putAccount({ user: { ...(await existing(id)), email } }),
    setForeignHash: async (id, passwordHash) => database.putAccount({ user: await existing(id), passwordHash }),
    allowDuplicateEmails: async () => {},
    addPeriod: async (id, period) => {
      const periods = [...(await stores.subscriptions.periodsOf(id)), period];
      await database.putAccount({ user: await existing(id), periods });
    },
    auditRows: async () => database.auditEvents,
    dispose: async () => {},
  };
}
