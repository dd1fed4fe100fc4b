import { setTimeout as delay } from 'node:timers/promises';
import type { RevocationListener } from '../../../core/ports/sessions/revocation-feed.js';
import type { MessageGuard } from '../message-guard.js';
import type { RedisClient } from '../redis-client.js';
import { untilReady } from '../until-ready.js';
import { endOfStream, readStream, type StreamPosition } from './revocation-stream.js';

export interface RevocationFollowerOptions {
  /** A separate client, whose timeout allows a block of `blockMs`. */
  readonly client: RedisClient;
  readonly listener: RevocationListener;
  readonly guard: MessageGuard;
  /** Max time of one blocking read, in milliseconds. */
  readonly blockMs: number;
}

const connectTimeoutMs = 1000;
const retryMs = 100;

/** Reads the stream of revocations until it is stopped, whatever happens to Redis. */
export class RevocationFollower {
  readonly #options: RevocationFollowerOptions;
  #isStopped = false;
  #hasStarted = false;
  #running: Promise<void> = Promise.resolve();

  constructor(options: RevocationFollowerOptions) {
    this.#options = options;
  }

  /** Resolves when it has reached the end of the stream, or could not reach it at once. */
  async start(): Promise<void> {
    await untilReady(this.#options.client, connectTimeoutMs);
    this.#running = this.#run(await this.#attempt(() => this.#seekEnd()));
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#options.client.disconnect();
    await this.#running;
  }

  async #run(start: StreamPosition | null): Promise<void> {
    let position = start;
    while (!this.#isStopped) {
      if (position === null) await delay(retryMs);
      const from = position;
      position = await this.#attempt(() => (from === null ? this.#seekEnd() : this.#read(from)));
    }
  }

  /** Returns null when the step failed: then `lost` is called. */
  async #attempt(step: () => Promise<StreamPosition | null>): Promise<StreamPosition | null> {
    try {
      return await step();
    } catch {
      if (!this.#isStopped) this.#options.listener.lost();
      return null;
    }
  }

  /** Continues from the end. Revocations announced between a failure and now are lost, so it calls `lost` again. */
  async #seekEnd(): Promise<StreamPosition> {
    const { client, listener } = this.#options;
    const position = await endOfStream(client);
    if (this.#hasStarted) listener.lost();
    this.#hasStarted = true;
    listener.heard();
    return position;
  }

  async #read(from: StreamPosition): Promise<StreamPosition | null> {
    const { client, listener, guard, blockMs } = this.#options;
    const { revocations, position, isComplete } = await readStream(client, from, blockMs, guard);
    if (revocations.length > 0) listener.ended(revocations);
    if (position === null) listener.lost();
    else if (isComplete) listener.heard();
    return position;
  }
}
