import { type DemoPerson, demoAccounts, demoPeriods } from '../../domain/accounts/demo-people.js';
import { auditEvent } from '../../domain/audit/audit-event.js';
import { hex } from '../../domain/hex.js';
import type { UserId } from '../../domain/ids.js';
import { noOrigin } from '../../domain/origin.js';
import type { Ports } from '../../ports/ports.js';
import { type RequireSeedablePorts, requireSeedable } from './require-seedable.js';

export interface SeedDemoInput {
  /** The password of every demo account; null for a random password for each. */
  readonly password: string | null;
  /** The person or tool that seeds, as the audit log names it. */
  readonly actor: string;
  /** False rejects a database that holds any account that is not made up. Default: true. */
  readonly mayMix?: boolean;
}

/** An account that this call made. */
export interface SeededAccount {
  readonly id: UserId;
  readonly person: DemoPerson;
  readonly password: string;
}

export type SeedDemoPorts = RequireSeedablePorts & Pick<Ports, 'users' | 'unitOfWork' | 'hasher' | 'clock' | 'random'>;

/**
 * Makes the demo accounts that do not exist yet, with subscriptions in every state. Existing accounts stay as they are. Safe to run twice
 * at once.
 * @throws AuthError `validation_failed`, `forbidden` as `requireSeedable` does; `overloaded`, `dependency_unavailable`
 */
export class SeedDemo {
  readonly #ports: SeedDemoPorts;

  constructor(ports: SeedDemoPorts) {
    this.#ports = ports;
  }

  /** Returns the accounts that this call made. */
  async execute({ password, actor, mayMix = true }: SeedDemoInput): Promise<readonly SeededAccount[]> {
    await requireSeedable({ password, mayMix }, this.#ports);
    const made: SeededAccount[] = [];
    for (const person of demoAccounts) {
      if (await this.#ports.users.hasEmail(person.email)) continue;
      const account = await this.#make(person, password ?? hex(this.#ports.random.bytes(16)), actor);
      if (account !== null) made.push(account);
    }
    return made;
  }

  /** Null when another process made the account first. */
  async #make(person: DemoPerson, password: string, actor: string): Promise<SeededAccount | null> {
    const { hasher, unitOfWork, clock } = this.#ports;
    const passwordHash = await hasher.hash(password);
    const { subscription, ...user } = person;
    return await unitOfWork.run(async (stores) => {
      const now = clock.now();
      const account = { ...user, createdAt: now, passwordHash, periods: demoPeriods(subscription, now) };
      const id = (await stores.demoAccounts.add([account])).get(person.email);
      if (id === undefined) return null;
      await stores.audit.record(
        auditEvent({ occurredAt: now, event: 'seed', outcome: 'success', userId: id, actor, origin: noOrigin, details: { subscription } }),
      );
      return { id, person, password };
    });
  }
}
