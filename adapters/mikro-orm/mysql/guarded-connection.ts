import type { MysqlPoolConnection, MysqlQueryResult } from 'kysely';
import type { PoolConnection, QueryValues } from 'mysql2';
import { isUnavailable, portError, timeoutError } from '../sql/driver-errors.js';

export type QueryCallback = (error: unknown, result: MysqlQueryResult) => void;

const noResult: MysqlQueryResult = [];

export interface GuardedConnectionOptions {
  readonly raw: PoolConnection;
  /** Longest wait for an answer, in milliseconds. */
  readonly answerMs: number;
  /** Sees each statement before it is sent; what it throws is its refusal. */
  readonly inspect?: (sql: string) => void;
}

/**
 * A pooled connection on which nothing waits for ever, BEGIN and COMMIT included: a server that is frozen or out of reach would
 * otherwise hold its callers until it comes back. A connection that failed once is thrown away.
 */
export class GuardedConnection implements MysqlPoolConnection {
  readonly #options: GuardedConnectionOptions;

  constructor(options: GuardedConnectionOptions) {
    this.#options = options;
    options.raw.on('error', () => {}); // whoever waits for an answer is told; an idle connection that breaks concerns nobody
  }

  get threadId(): number {
    return this.#options.raw.threadId;
  }

  get config(): object {
    return this.#options.raw.config;
  }

  connect(callback?: (error: unknown) => void): void {
    callback?.(null);
  }

  query(sql: string, parameters: unknown, callback?: QueryCallback): { stream: () => never } {
    this.#ask(sql, parameters, callback ?? (() => {}));
    return { stream: noStream };
  }

  release(): void {
    this.#options.raw.release();
  }

  destroy(): void {
    this.#options.raw.destroy();
  }

  #ask(sql: string, parameters: unknown, callback: QueryCallback): void {
    const { raw, answerMs, inspect } = this.#options;
    let isSettled = false;
    const settle = (failure: unknown, result = noResult) => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      if (isUnavailable(failure)) raw.destroy();
      callback(failure, result);
    };
    const timer = setTimeout(() => settle(timeoutError('answer')), answerMs);
    try {
      inspect?.(sql);
      // One statement, one result.
      raw.query(sql, parameters as QueryValues, (error, result) => settle(error && portError(error), result as MysqlQueryResult));
    } catch (refusal) {
      settle(refusal);
    }
  }
}

function noStream(): never {
  throw new Error('answers are not streamed');
}
