import type { Logger } from '../../../core/ports/operations/logger.js';
import type { RedisConnection } from '../redis-connection.js';
import { isEvicting, readEvictionPolicy } from './eviction-policy.js';

export interface EvictionWatchOptions {
  readonly redis: RedisConnection;
  readonly logger: Logger;
}

const lookEveryMs = 60_000;

/**
 * Checks whether Redis is configured to evict keys when its memory is full, and so to lose counted requests. Reads the policy once a
 * minute, after each new connection (which may be to another server) and when it is called. Logs each change.
 */
export class EvictionWatch implements Disposable {
  readonly #options: EvictionWatchOptions;
  readonly #timer: NodeJS.Timeout;
  readonly #lookAnew = () => void this.#read();
  /** Undefined before the first read. */
  #policy: string | null | undefined;
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(options: EvictionWatchOptions) {
    this.#options = options;
    options.redis.client.on('ready', this.#lookAnew);
    this.#timer = setInterval(this.#lookAnew, lookEveryMs).unref();
  }

  /** The policy that evicts keys; null for none, and where none can be read. */
  get evictingPolicy(): string | null {
    return this.#policy !== undefined && isEvicting(this.#policy) ? this.#policy : null;
  }

  /** Never rejects. A server that does not show its policy is not queried again for a minute: it may log each rejected command. */
  async look(): Promise<void> {
    if (this.#policy === null && performance.now() - this.#readAt < lookEveryMs) return;
    await this.#read();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#options.redis.client.off('ready', this.#lookAnew);
  }

  /** The last value stays valid while none can be read. */
  async #read(): Promise<void> {
    const { client } = this.#options.redis;
    if (client.status !== 'ready') return;
    this.#readAt = performance.now();
    const policy = await readEvictionPolicy(client);
    const before = this.#policy;
    if (policy === before || (policy === null && before !== undefined)) return;
    this.#policy = policy;
    this.#note(policy, before);
  }

  #note(policy: string | null, before: string | null | undefined): void {
    const { logger } = this.#options;
    if (isEvicting(policy)) logger.warn(evictionWarning, { policy });
    else if (policy === null) logger.debug('the maxmemory-policy of redis cannot be read: it has to be noeviction');
    else if (before !== undefined && isEvicting(before)) logger.info('redis forgets no rate limits any more', { policy });
  }
}

const evictionWarning = 'redis may forget rate limits: its maxmemory-policy deletes keys when memory is full, set it to noeviction';
