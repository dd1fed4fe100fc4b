import { AuthError } from '../../../core/domain/auth-error.js';
import { isContention, isUnavailable } from './driver-errors.js';

type Work<Held, Result> = (held: Held) => Promise<Result>;

export interface SharedTransactionsOptions<Held> {
  /** Runs work in a transaction, once. */
  begin<Result>(work: Work<Held, Result>): Promise<Result>;
  /** Runs work in a transaction of its own, as often as it takes. */
  alone<Result>(work: Work<Held, Result>): Promise<Result>;
}

/** Of work whose caller went away while others were at theirs. */
const givenUp: PromiseRejectedResult = { status: 'rejected', reason: new AuthError('dependency_unavailable') };

interface Waiting<Held> {
  readonly subject: string;
  readonly work: Work<Held, unknown>;
  readonly signal: AbortSignal | undefined;
  readonly answer: PromiseWithResolvers<unknown>;
}

/** Subjects in one transaction. */
const most = 16;
/** Transactions at once: while they are under way, the next ones gather. */
const mostAtOnce = 2;
/** So long everybody goes alone after one was held up: a row that others hold would hold up the next as well. */
const restMs = 2000;

/**
 * Lets work on several subjects share a transaction, so that they wait for one commit. Work on one subject never shares: it would not be
 * kept from itself. Nobody is told of a success before the commit; when it does not come to that, each runs alone.
 */
export class SharedTransactions<Held> {
  readonly #options: SharedTransactionsOptions<Held>;
  #waiting: Waiting<Held>[] = [];
  #running = 0;
  #restsUntil = 0;

  constructor(options: SharedTransactionsOptions<Held>) {
    this.#options = options;
  }

  /** `signal` is looked at before the commit, which others may have held up; at the end of the work, the work itself looks at it. */
  run<Result>(subject: string, work: Work<Held, Result>, signal?: AbortSignal): Promise<Result> {
    if (performance.now() < this.#restsUntil) return this.#options.alone(work);
    if (this.#waiting.length === 0) setImmediate(() => this.#next());
    const answer = Promise.withResolvers<Result>();
    // a cast: it is resolved with what this work answers
    this.#waiting.push({ subject, work, signal, answer: answer as PromiseWithResolvers<unknown> });
    return answer.promise;
  }

  #next(): void {
    while (this.#running < mostAtOnce && this.#waiting.length > 0) {
      const group = this.#take();
      this.#running += 1;
      void this.#share(group).finally(() => {
        this.#running -= 1;
        this.#next();
      });
    }
  }

  #take(): readonly Waiting<Held>[] {
    const group = new Map<string, Waiting<Held>>();
    const others: Waiting<Held>[] = [];
    for (const one of this.#waiting) {
      if (group.size < most && !group.has(one.subject)) group.set(one.subject, one);
      else others.push(one);
    }
    this.#waiting = others;
    return [...group.values()];
  }

  async #share(group: readonly Waiting<Held>[]): Promise<void> {
    const [first] = group;
    if (group.length === 1 && first !== undefined) return this.#runAlone(first);
    let outcomes: readonly PromiseSettledResult<unknown>[] = [];
    let isCommitting = false;
    try {
      await this.#options.begin(async (held) => {
        const settled = await Promise.allSettled(group.map(({ work }) => work(held)));
        outcomes = settled.map((outcome, index) => (group[index]?.signal?.aborted ? givenUp : outcome));
        const failure = outcomes.find(({ status }) => status === 'rejected');
        if (failure !== undefined) throw (failure as PromiseRejectedResult).reason;
        isCommitting = true;
      });
    } catch (error) {
      if (isContention(error) || isUnavailable(error)) this.#rest();
      // Whether it was committed is not known: to run again could be to do it twice.
      if (isCommitting && !isContention(error)) for (const { answer } of group) answer.reject(error);
      else await this.#runApart(group, outcomes);
      return;
    }
    for (const [index, { answer }] of group.entries()) answer.resolve((outcomes[index] as PromiseFulfilledResult<unknown>).value);
  }

  /** Who waits already goes before those who come now. */
  #rest(): void {
    this.#restsUntil = performance.now() + restMs;
    for (const one of this.#waiting.splice(0)) void this.#runAlone(one);
  }

  /** Whatever of the group has not refused of its own accord. */
  async #runApart(group: readonly Waiting<Held>[], outcomes: readonly PromiseSettledResult<unknown>[]): Promise<void> {
    await Promise.all(
      group.map(async (one, index) => {
        const outcome = outcomes[index];
        if (outcome?.status === 'rejected' && !isContention(outcome.reason)) one.answer.reject(outcome.reason);
        else await this.#runAlone(one);
      }),
    );
  }

  #runAlone({ work, answer }: Waiting<Held>): Promise<void> {
    return this.#options.alone(work).then(answer.resolve, answer.reject);
  }
}
