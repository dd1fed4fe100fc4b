import type { CredentialStore } from '../../../core/ports/accounts/credential-store.js';
import type { UserRepository } from '../../../core/ports/accounts/user-repository.js';
import type { SessionStore } from '../../../core/ports/sessions/session-store.js';
import type { Stores } from '../../../core/ports/unit-of-work.js';
import { MikroOrmCredentialStore } from '../accounts/mikro-orm-credential-store.js';
import { MikroOrmUserRepository } from '../accounts/mikro-orm-user-repository.js';
import { createStores } from '../create-stores.js';
import { isPlainAscii } from '../schema-map/address-spellings.js';
import { MikroOrmSessionStore } from '../sessions/mikro-orm-session-store.js';
import type { StoreTools } from '../store-tools.js';
import { BatchLoader } from './batch-loader.js';
import { withMethods } from './with-methods.js';

/**
 * The stores outside of transactions, whose reads by key are gathered: those of one event-loop turn are one statement. With many requests
 * at once a round trip to the database costs more than the rows that it brings.
 */
export const batchedReads = (tools: StoreTools): Stores => ({
  ...createStores(tools),
  users: batchedUsers(tools),
  credentials: batchedCredentials(tools),
  sessions: batchedSessions(tools),
});

/** Keys that are texts are read one by one: their collation decides which texts are equal, and in what spelling a list of them is found. */
function batchedUsers(tools: StoreTools): UserRepository {
  const users = new MikroOrmUserRepository(tools);
  if (tools.existing.map.users.key.kind !== 'integer') return users;
  const found = new BatchLoader(users.findMany.bind(users));
  const subscribed = new BatchLoader(users.findManySubscribed.bind(users));
  return withMethods<UserRepository>(users, { find: (id) => found.load(id), findSubscribed: (id) => subscribed.load(id) });
}

/** An address that is not ASCII is looked up by itself: it may need a conversion, which a list of parameters has for all or none. */
function batchedCredentials(tools: StoreTools): CredentialStore {
  const credentials = new MikroOrmCredentialStore(tools);
  const found = new BatchLoader(credentials.findManyByEmail.bind(credentials));
  return withMethods<CredentialStore>(credentials, {
    findByEmail: async (email) =>
      isPlainAscii(email) ? ((await found.load(email)) ?? { kind: 'none' }) : await credentials.findByEmail(email),
  });
}

function batchedSessions(tools: StoreTools): SessionStore {
  const sessions = new MikroOrmSessionStore(tools);
  const found = new BatchLoader(sessions.findMany.bind(sessions));
  return withMethods<SessionStore>(sessions, { find: (id) => found.load(id) });
}
