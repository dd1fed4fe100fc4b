import { auditEvent } from '../domain/audit-event.js';
import { canonicalEmail } from '../domain/email-address.js';
import { noOrigin } from '../domain/origin.js';
import type { NewUser } from '../domain/user.js';
import type { Ports } from '../ports/ports.js';

export interface SeedDemoInput {
  /** The password of every demo account. */
  readonly password: string;
  /** Who seeds, as the audit log names him. */
  readonly actor: string;
}

export type SeedDemoPorts = Pick<Ports, 'users' | 'unitOfWork' | 'hasher' | 'clock'>;

/** The first of them is the login that is shown to a newcomer. */
export const demoAccounts = [
  { email: canonicalEmail('demo@example.org'), firstName: 'Dominique', lastName: 'Démo', phone: '+33612345600' },
  { email: canonicalEmail('camille@example.org'), firstName: 'Camille', lastName: 'Girard', phone: null },
  { email: canonicalEmail('sacha@example.org'), firstName: 'Sacha', lastName: 'Robert', phone: null },
] as const satisfies readonly Omit<NewUser, 'createdAt'>[];

/**
 * Makes the demo accounts that are not there yet; those that are there stay as they are. Safe to run twice at once.
 * @throws AuthError `overloaded`, `dependency_unavailable`
 */
export class SeedDemo {
  readonly #ports: SeedDemoPorts;

  constructor(ports: SeedDemoPorts) {
    this.#ports = ports;
  }

  /** Returns how many accounts were made. */
  async execute({ password, actor }: SeedDemoInput): Promise<number> {
    let made = 0;
    for (const account of demoAccounts) {
      if (!(await this.#ports.users.hasEmail(account.email))) made += await this.#make(account, password, actor);
    }
    return made;
  }

  async #make(account: Omit<NewUser, 'createdAt'>, password: string, actor: string): Promise<number> {
    const { hasher, unitOfWork, clock } = this.#ports;
    const passwordHash = await hasher.hash(password);
    const now = clock.now();
    const work = unitOfWork.run(async (stores) => {
      const insertion = await stores.users.insert({ ...account, createdAt: now });
      if (insertion.kind === 'email_taken') throw new AlreadyThere();
      await stores.credentials.add(insertion.user.id, passwordHash);
      await stores.audit.record(
        auditEvent({ occurredAt: now, event: 'seed', outcome: 'success', userId: insertion.user.id, actor, origin: noOrigin }),
      );
      return 1;
    });
    return work.catch((error: unknown) => (error instanceof AlreadyThere ? 0 : Promise.reject(error)));
  }
}

/** Another process was quicker with this account: rolls the transaction back. */
class AlreadyThere extends Error {}
