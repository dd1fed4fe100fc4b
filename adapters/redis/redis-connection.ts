import type { Logger } from '../../core/ports/operations/logger.js';
import { type RedisClient, redisClient } from './redis-client.js';
import type { RedisTarget } from './redis-target.js';
import { untilReady } from './until-ready.js';

export interface RedisConnectionOptions {
  readonly target: RedisTarget;
  readonly logger: Logger;
}

/** Longest wait for an answer. A command that was given up may still be carried out later. */
const commandTimeout = 250;

/** A process's way to Redis: one client for commands, and more of them for whoever blocks. Says in the log when it comes and goes. */
export class RedisConnection implements AsyncDisposable {
  readonly client: RedisClient;
  readonly #target: RedisTarget;
  readonly #logger: Logger;
  #isReachable: boolean | null = null;
  /** By the process's own clock, which no one sets. */
  #lostAt = Number.NEGATIVE_INFINITY;
  #isClosed = false;

  constructor({ target, logger }: RedisConnectionOptions) {
    this.#target = target;
    this.#logger = logger;
    this.client = redisClient(target, { commandTimeout });
    this.client.on('ready', () => this.#note(true));
    this.client.on('error', (error) => this.#note(false, error));
    this.client.on('close', () => this.#note(false));
    // of a cluster one server may be lost while the others serve
    this.client.on('node error', () => this.#noteLoss());
    this.client.on('-node', () => this.#noteLoss());
  }

  /** A client of its own for commands that block for at most `blockMs`. Whoever asks for it disconnects it. */
  blockingClient(options: { readonly blockMs: number }): RedisClient {
    const client = redisClient(this.#target, { commandTimeout: options.blockMs + commandTimeout });
    client.on('error', () => {}); // what it is asked fails with the same error
    return client;
  }

  /** Resolves once the client can be used, or after `patienceMs` when it cannot: it goes on trying. */
  async ready(options: { readonly patienceMs: number }): Promise<void> {
    await untilReady(this.client, options.patienceMs);
  }

  /** Whether there was a moment of the last `ms` without a connection: what the server kept may have gone meanwhile. */
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
