import type { HealthProbe } from '../../core/ports/health-probe.js';
import type { RedisConnection } from './redis-connection.js';

/** Whether Redis answers. Not essential: without it limits are kept by each process, and revocations read from the database. */
export class RedisProbe implements HealthProbe {
  readonly name = 'redis';
  readonly isEssential = false;
  readonly #redis: RedisConnection;

  constructor(options: { readonly redis: RedisConnection }) {
    this.#redis = options.redis;
  }

  /** Its commands would fail, or wait for a connection. */
  isKnownDown(): boolean {
    return this.#redis.client.status !== 'ready';
  }

  async check(): Promise<void> {
    await this.#redis.client.ping();
  }
}
