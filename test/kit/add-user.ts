import type { User } from '../../core/domain/accounts/user.js';
import type { World } from './make-world.js';

/** The fields of a user that a test sets; the others are made up. */
export interface Person extends Partial<Omit<User, 'id'>> {
  readonly password?: string;
}

/** An account, and its password. */
export interface TestAccount {
  readonly user: User;
  readonly password: string;
}

/** Adds an account as another application would have done it: no registration, no audit row. */
export async function addUser(world: Pick<World, 'database' | 'hasher' | 'clock'>, person: Person = {}): Promise<TestAccount> {
  const { password = 'correct horse battery staple', ...known } = person;
  const id = world.database.nextUserId();
  const user: User = {
    id,
    email: `person${id}@example.org`,
    firstName: 'Camille',
    lastName: 'Girard',
    phone: null,
    createdAt: world.clock.now(),
    isEnabled: true,
    ...known,
  };
  await world.database.putAccount({ user, passwordHash: await world.hasher.hash(password) });
  return { user, password };
}
