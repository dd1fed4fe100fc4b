import cluster, { type Worker } from 'node:cluster';
import type { PrimaryComposition } from '../wiring/compose-primary.js';
import { BackOff } from './back-off.js';
import { closeLostConnection } from './close-lost-connection.js';
import type { WorkerBootstrap } from './messages.js';

/** How a worker's process ended; both null when it could not be started at all. */
export interface WorkerEnd {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface WorkerSlotOptions {
  readonly bootstrap: WorkerBootstrap;
  readonly logger: PrimaryComposition['logger'];
  readonly onStart: (worker: Worker) => void;
  /** Called when the worker accepts requests. */
  readonly onListening: (worker: Worker) => void;
  readonly onEnd: (worker: Worker) => void;
}

/** The slot of one worker: when it ends, another one is started, at once or after a delay. */
export class WorkerSlot {
  readonly #options: WorkerSlotOptions;
  readonly #backOff = new BackOff();
  #worker: Worker | null = null;
  #isLeaving = false;
  #waiting: NodeJS.Timeout | null = null;
  #onEmpty: (() => void) | null = null;

  constructor(options: WorkerSlotOptions) {
    this.#options = options;
  }

  /**
   * Starts a worker. Resolves with null when the slot first serves. With `mayFail`, a worker that ends before that is not replaced: then it
   * resolves with that end.
   */
  start({ mayFail }: { readonly mayFail: boolean }): Promise<WorkerEnd | null> {
    const { promise, resolve } = Promise.withResolvers<WorkerEnd | null>();
    this.#fill(this.#options.bootstrap, () => resolve(null), mayFail ? resolve : null);
    return promise;
  }

  /** Signals the worker to finish its requests, and starts no other. Resolves when it has ended. */
  async leave(): Promise<void> {
    this.#isLeaving = true;
    clearTimeout(this.#waiting ?? undefined);
    if (this.#worker === null) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onEmpty = resolve;
    this.#worker.process.kill('SIGTERM');
    await promise;
  }

  /** Kills the worker. Returns whether there was one. */
  kill(): boolean {
    return this.#worker?.process.kill('SIGKILL') ?? false;
  }

  #fill(bootstrap: WorkerBootstrap, onListening: () => void, onFailure: ((end: WorkerEnd) => void) | null): void {
    if (this.#isLeaving) return;
    const { logger, ...hooks } = this.#options;
    const worker = cluster.fork();
    const startedAt = performance.now();
    let hasListened = false;
    this.#worker = worker;
    closeLostConnection(worker);
    hooks.onStart(worker);
    worker.once('listening', () => {
      hasListened = true;
      logger.info('worker listens', { worker: bootstrap.index, workerPid: worker.process.pid });
      hooks.onListening(worker);
      onListening();
    });
    const ended = (end: WorkerEnd) => {
      if (this.#worker !== worker) return;
      this.#worker = null;
      hooks.onEnd(worker);
      if (this.#isLeaving) this.#onEmpty?.();
      else if (onFailure !== null && !hasListened) onFailure(end);
      else this.#followUp(worker, end, performance.now() - startedAt, onListening);
    };
    worker.once('exit', (code, signal) => ended({ code, signal }));
    // The process may not start at all. The end of a process that did start is handled above.
    worker.on('error', () => worker.process.pid === undefined && ended({ code: null, signal: null }));
    worker.send(bootstrap, () => {});
  }

  #followUp(worker: Worker, end: WorkerEnd, livedMs: number, onListening: () => void): void {
    const { bootstrap, logger } = this.#options;
    const waitMs = this.#backOff.afterLifeOf(livedMs);
    const seconds = Math.round(livedMs / 100) / 10;
    logger.warn('worker ended, another one follows', { worker: bootstrap.index, workerPid: worker.process.pid, ...end, seconds, waitMs });
    this.#waiting = setTimeout(() => this.#fill({ ...bootstrap, mayMigrate: false }, onListening, null), waitMs);
  }
}
