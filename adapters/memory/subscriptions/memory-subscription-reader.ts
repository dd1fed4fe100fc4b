import type { UserId } from '../../../core/domain/ids.js';
import type { SubscriptionPeriod } from '../../../core/domain/subscriptions/subscription.js';
import type { SubscriptionReader } from '../../../core/ports/subscriptions/subscription-reader.js';
import type { MemorySpace } from '../memory-space.js';

export class MemorySubscriptionReader implements SubscriptionReader {
  readonly #space: MemorySpace;

  constructor(options: { readonly space: MemorySpace }) {
    this.#space = options.space;
  }

  async periodsOf(id: UserId): Promise<readonly SubscriptionPeriod[]> {
    return await this.#space.read((tables) => tables.periods.get(id) ?? []);
  }

  async periodsOfMany(ids: readonly UserId[]): Promise<ReadonlyMap<UserId, readonly SubscriptionPeriod[]>> {
    return await this.#space.read((tables) => new Map(ids.map((id) => [id, tables.periods.get(id) ?? []])));
  }
}
