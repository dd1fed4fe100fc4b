import type { HealthProbe } from '../../../core/ports/operations/health-probe.js';
import type { RedisConnection } from '../redis-connection.js';
import type { EvictionWatch } from './eviction-watch.js';

export interface RedisProbeOptions {
  readonly redis: RedisConnection;
  /** Where given, an eviction policy is a warning. */
  readonly evictions?: EvictionWatch;
}

/**
 * Checks whether Redis responds. Not essential: without Redis each process keeps its own limits, and revocations are read from the
 * database.
 */
export class RedisProbe implements HealthProbe {
  readonly name = 'redis';
  readonly isEssential = false;
  readonly #redis: RedisConnection;
  readonly #evictions: EvictionWatch | null;

  constructor({ redis, evictions }: RedisProbeOptions) {
    this.#redis = redis;
    this.#evictions = evictions ?? null;
  }

  /** A command would fail, or wait for a connection. */
  isKnownDown(): boolean {
    return this.#redis.client.status !== 'ready';
  }

  async check(): Promise<void> {
    await Promise.all([this.#redis.client.ping(), this.#evictions?.look()]);
  }

  warning(): string | null {
    const policy = this.#evictions?.evictingPolicy ?? null;
    return policy && `maxmemory-policy ${policy} lets it forget rate limits: set noeviction`;
  }
}
