/** Why a caller is not served: the queue is full, the caller waited too long, or its signal aborted. */
export type RefusalReason = 'full' | 'timeout' | 'aborted';

export interface QueueBounds {
  /** Callers that may wait; one more is refused. Without it, any number. */
  readonly maxWaiting?: number;
  /** Milliseconds that a caller waits at most, then it is refused. Without it, as long as it takes. */
  readonly maxWaitMs?: number;
  /** Makes the error that a refused caller gets. */
  readonly refusal?: (reason: RefusalReason) => Error;
}

interface Waiting<Grant, Need> {
  readonly need: Need;
  take(grant: Grant): void;
  readonly reject: (refusal: Error) => void;
}

/**
 * Callers that wait until the owner of the queue serves them with a `Grant`, first come, first served. Each caller may state what it needs;
 * the owner decides when that is free.
 */
export class BoundedQueue<Grant, Need = undefined> {
  readonly #bounds: QueueBounds;
  readonly #waiting: Waiting<Grant, Need>[] = [];

  constructor(bounds: QueueBounds = {}) {
    this.#bounds = bounds;
  }

  get size(): number {
    return this.#waiting.length;
  }

  /** What the caller needs that has waited longest; null when none waits. */
  get firstNeed(): Need | null {
    return this.#waiting[0]?.need ?? null;
  }

  /** @throws what `refusal` makes, when the queue is full, the wait was too long, or `signal` aborts before the caller is served */
  wait(need: Need, signal?: AbortSignal): Promise<Grant> {
    const { maxWaiting = Number.POSITIVE_INFINITY, maxWaitMs } = this.#bounds;
    if (this.#waiting.length >= maxWaiting) return Promise.reject(this.#refusal('full'));
    if (signal?.aborted) return Promise.reject(this.#refusal('aborted'));
    return new Promise((take, reject) => {
      const waiting: Waiting<Grant, Need> = { need, take, reject };
      this.#waiting.push(waiting);
      if (maxWaitMs !== undefined || signal !== undefined) this.#limitWait(waiting, signal);
    });
  }

  /** Serves the caller that has waited longest. Returns false when none waits. */
  serve(grant: Grant): boolean {
    const first = this.#waiting.shift();
    first?.take(grant);
    return first !== undefined;
  }

  #limitWait(waiting: Waiting<Grant, Need>, signal: AbortSignal | undefined): void {
    const { maxWaitMs } = this.#bounds;
    const { take } = waiting;
    const stop = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    const leave = (reason: RefusalReason) => {
      stop();
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      waiting.reject(this.#refusal(reason));
    };
    const abort = () => leave('aborted');
    const timer = maxWaitMs === undefined ? undefined : setTimeout(leave, maxWaitMs, 'timeout');
    signal?.addEventListener('abort', abort, { once: true });
    waiting.take = (grant) => {
      stop();
      take(grant);
    };
  }

  #refusal(reason: RefusalReason): Error {
    return this.#bounds.refusal?.(reason) ?? new Error(`not served: ${reason}`);
  }
}
