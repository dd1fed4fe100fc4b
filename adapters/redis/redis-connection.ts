import type { Logger } from '../../core/ports/operations/logger.js';
import { type RedisClient, redisClient } from './redis-client.js';
import type { RedisTarget } from './redis-target.js';
import { untilReady } from './until-ready.js';

export interface RedisConnectionOptions {
  readonly target: RedisTarget;
  readonly logger: Logger;
}

/** Timeout for a reply, in milliseconds. Redis may still run a command after its timeout. */
const commandTimeout = 250;

/**
 * A process's connection to Redis: one client for commands, and additional clients for blocking commands. Logs when Redis becomes
 * unavailable and available.
 */
export class RedisConnection implements AsyncDisposable {
  readonly client: RedisClient;
  readonly #target: RedisTarget;
  readonly #logger: Logger;
  #isReachable: boolean | null = null;
  /** By the process's monotonic clock, which cannot be set. */
  #lostAt = Number.NEGATIVE_INFINITY;
  #isClosed = false;

  constructor({ target, logger }: RedisConnectionOptions) {
    this.#target = target;
    this.#logger = logger;
    this.client = redisClient(target, { commandTimeout });
    this.client.on('ready', () => this.#note(true));
    this.client.on('error', (error) => this.#note(false, error));
    this.client.on('close', () => this.#note(false));
    // in a cluster one server may be lost while the others serve
    this.client.on('node error', () => this.#noteLoss());
    this.client.on('-node', () => this.#noteLoss());
  }

  /** Returns a separate client for commands that block for at most `blockMs`. The caller disconnects it. */
  blockingClient(options: { readonly blockMs: number }): RedisClient {
    const client = redisClient(this.#target, { commandTimeout: options.blockMs + commandTimeout });
    client.on('error', () => {}); // its commands fail with the same error
    return client;
  }

  /** Resolves once the client can be used, or after the timeout: the client keeps trying. */
  async ready(options: { readonly patienceMs: number }): Promise<void> {
    await untilReady(this.client, options.patienceMs);
  }

  /** Returns whether there was no connection at some time in the last `ms`: then the server may have lost its data. */
  wasLostWithin(ms: number): boolean {
    return this.#isReachable !== true || performance.now() - this.#lostAt <= ms;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    this.client.disconnect();
  }

  #note(isReachable: boolean, error?: unknown): void {
    if (this.#isClosed || isReachable === this.#isReachable) return;
    if (this.#isReachable !== null) this.#noteLoss();
    this.#isReachable = isReachable;
    if (isReachable) this.#logger.info('redis is reachable');
    else this.#logger.warn('redis is not reachable', error === undefined ? {} : { error });
  }

  #noteLoss(): void {
    this.#lostAt = performance.now();
  }
}
