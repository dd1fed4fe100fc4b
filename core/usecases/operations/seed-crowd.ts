import { crowdPerson, demoPeriods } from '../../domain/accounts/demo-people.js';
import { auditEvent } from '../../domain/audit/audit-event.js';
import { hex } from '../../domain/hex.js';
import { noOrigin } from '../../domain/origin.js';
import type { DemoAccount } from '../../ports/accounts/demo-accounts.js';
import type { Ports } from '../../ports/ports.js';
import { type RequireSeedablePorts, requireSeedable } from './require-seedable.js';

export interface SeedCrowdInput {
  /** Total number of made-up accounts after the call. */
  readonly count: number;
  /** The one password of all accounts; null for a random one. */
  readonly password: string | null;
  /** The person or tool that seeds, as the audit log names it. */
  readonly actor: string;
  /** False rejects a database that holds any account that is not made up. */
  readonly mayMix: boolean;
  /** Called after each batch with the number of accounts, of `count`, that exist. */
  readonly onProgress?: (done: number) => void;
}

export interface SeededCrowd {
  /** Number of accounts that this call made. */
  readonly made: number;
  /** The password of the accounts that were made; null when none was made. */
  readonly password: string | null;
}

export type SeedCrowdPorts = RequireSeedablePorts & Pick<Ports, 'unitOfWork' | 'hasher' | 'clock' | 'random'>;

const batchSize = 500;

/**
 * Makes many accounts for load tests: those of 1 to `count` that do not exist yet. They share one password and its one hash, because a
 * password hash is slow on purpose. Each batch is a transaction. Safe to run twice at once.
 * @throws AuthError `validation_failed`, `forbidden` as `requireSeedable` does; `overloaded`, `dependency_unavailable`
 */
export class SeedCrowd {
  readonly #ports: SeedCrowdPorts;

  constructor(ports: SeedCrowdPorts) {
    this.#ports = ports;
  }

  async execute({ count, password: given, actor, mayMix, onProgress }: SeedCrowdInput): Promise<SeededCrowd> {
    const { hasher, random } = this.#ports;
    await requireSeedable({ password: given, mayMix }, this.#ports);
    const password = given ?? hex(random.bytes(16));
    const passwordHash = await hasher.hash(password);
    let made = 0;
    for (let first = 1; first <= count; first += batchSize) {
      const last = Math.min(count, first + batchSize - 1);
      made += await this.#make({ first, last, passwordHash, actor });
      onProgress?.(last);
    }
    return { made, password: made === 0 ? null : password };
  }

  #make(batch: { readonly first: number; readonly last: number; readonly passwordHash: string; readonly actor: string }): Promise<number> {
    const { unitOfWork, clock } = this.#ports;
    const { first, last, passwordHash, actor } = batch;
    return unitOfWork.run(async (stores) => {
      const now = clock.now();
      const accounts = Array.from({ length: last - first + 1 }, (_, index): DemoAccount => {
        const { subscription, ...user } = crowdPerson(first + index);
        return { ...user, createdAt: now, passwordHash, periods: demoPeriods(subscription, now) };
      });
      const { size: made } = await stores.demoAccounts.add(accounts);
      const details = { first, last, made };
      if (made > 0) {
        await stores.audit.record(auditEvent({ occurredAt: now, event: 'seed', outcome: 'success', actor, origin: noOrigin, details }));
      }
      return made;
    });
  }
}
