import { crowdPerson, demoPeriods } from '../../domain/accounts/demo-people.js';
import { auditEvent } from '../../domain/audit/audit-event.js';
import { hex } from '../../domain/hex.js';
import { noOrigin } from '../../domain/origin.js';
import type { DemoAccount } from '../../ports/accounts/demo-accounts.js';
import type { Ports } from '../../ports/ports.js';
import { type RequireSeedablePorts, requireSeedable } from './require-seedable.js';

export interface SeedCrowdInput {
  /** How many accounts there are to be. */
  readonly count: number;
  /** The one password of them all; null for a random one. */
  readonly password: string | null;
  /** Who seeds, as the audit log names him. */
  readonly actor: string;
  /** False refuses a database that holds anybody who is not made up. */
  readonly mayMix: boolean;
  /** Told after each batch how many of `count` are there. */
  readonly onProgress?: (done: number) => void;
}

export interface SeededCrowd {
  /** How many this call made. */
  readonly made: number;
  /** Of those that were made; null for none. */
  readonly password: string | null;
}

export type SeedCrowdPorts = RequireSeedablePorts & Pick<Ports, 'unitOfWork' | 'hasher' | 'clock' | 'random'>;

const batchSize = 500;

/**
 * Makes accounts in number, for tests of load: those of 1 to `count` that are not there yet. They share one password and its one hash,
 * because a hash costs on purpose what an attacker is to pay. Batch by batch, each a transaction; safe to run twice at once.
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
