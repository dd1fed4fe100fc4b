import type { MysqlPoolConnection, MysqlQueryResult } from 'kysely';
import type { ExecuteValues, PoolConnection, QueryError, QueryResult } from 'mysql2';
import { isContention, isUnavailable, portError, timeoutError } from '../sql/driver-errors.js';
import type { MysqlServer } from './mysql-server.js';

export type QueryCallback = (error: unknown, result: MysqlQueryResult) => void;

const noResult: MysqlQueryResult = [];

export interface GuardedConnectionOptions {
  readonly raw: PoolConnection;
  /** Longest wait for a response, in milliseconds. */
  readonly answerMs: number;
  /** Statements that are prepared, each once: they come again and again. */
  readonly texts: ReadonlySet<string>;
  /** Called when the connection goes back to the pool. */
  readonly onRelease: () => void;
  /** Sees each statement before it is sent; what it throws is its refusal. */
  readonly inspect?: (sql: string) => void;
}

/**
 * A pooled connection on which nothing waits for ever, BEGIN and COMMIT included: a server that is frozen or out of reach would
 * otherwise hold its callers until it comes back. A connection that failed once is thrown away.
 */
export class GuardedConnection implements MysqlPoolConnection {
  readonly #options: GuardedConnectionOptions;
  #server: MysqlServer | null = null;
  #mayPrepare = true;
  #isInTransaction = false;
  /** What the server gave up the transaction for: what came next would be committed at once. */
  #givenUpFor: unknown = null;

  constructor(options: GuardedConnectionOptions) {
    this.#options = options;
    // A caller that waits for a response gets the error through its callback; an idle connection that breaks affects no caller.
    options.raw.on('error', () => {});
  }

  /** Sets which server sends the responses: this decides what the numbers of its errors mean. */
  recognise(server: MysqlServer): void {
    this.#server = server;
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
    this.#options.onRelease();
    this.#options.raw.release();
  }

  destroy(): void {
    this.#options.raw.destroy();
  }

  #ask(sql: string, parameters: unknown, callback: QueryCallback): void {
    const { raw, answerMs, inspect } = this.#options;
    if (this.#givenUpFor !== null && sql !== 'rollback') return void callback(this.#givenUpFor, noResult);
    this.#follow(sql);
    let isSettled = false;
    const settle = (failure: unknown, result = noResult) => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      if (isUnavailable(failure)) raw.destroy();
      if (this.#isInTransaction && isContention(failure)) this.#givenUpFor = failure;
      callback(failure, result);
    };
    const timer = setTimeout(() => settle(timeoutError('answer')), answerMs);
    try {
      inspect?.(sql);
      // One statement, one result.
      this.#send(sql, parameters as ExecuteValues[], (error, result) =>
        settle(error && portError(error, this.#server), result as MysqlQueryResult),
      );
    } catch (refusal) {
      settle(refusal);
    }
  }

  #follow(sql: string): void {
    if (sql === 'begin') this.#isInTransaction = true;
    if (sql !== 'commit' && sql !== 'rollback') return;
    this.#isInTransaction = false;
    this.#givenUpFor = null;
  }

  /** A server that refuses to prepare a statement has not run it. The connection then sends it as a text, and every later statement too. */
  #send(sql: string, parameters: ExecuteValues[], answered: Answered): void {
    const { raw, texts } = this.#options;
    if (!this.#mayPrepare || !texts.has(sql)) return void raw.query(sql, parameters, answered);
    raw.execute(sql, parameters, (error, result) => {
      if (!refusesToPrepare(error)) return answered(error, result);
      this.#mayPrepare = false;
      raw.query(sql, parameters, answered);
    });
  }
}

type Answered = (error: QueryError | null, result: QueryResult) => void;

/**
 * Of a server that has as many prepared statements as it wants (1461), and of proxies in front of one, which know none (1047, 1295) or
 * forget them with the server behind (1243); 1615: a table is changed faster than the statement can follow.
 */
const refusalsToPrepare: ReadonlySet<unknown> = new Set([1047, 1243, 1295, 1461, 1615]);

const refusesToPrepare = (error: QueryError | null): boolean => error !== null && refusalsToPrepare.has(error.errno);

function noStream(): never {
  throw new Error('answers are not streamed');
}
