import type { Watched } from '../load/stopwatch.js';

/** The data of a signed-in account that requests need. */
export interface Account {
  readonly email: string;
  readonly password: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** A server that is measured. */
export interface Subject extends AsyncDisposable {
  /** `before` is another checkout of this server. */
  readonly name: 'ours' | 'before' | 'baseline' | 'floor';
  readonly url: string;
  /** `server`, `database` and `redis`. */
  readonly watched: Watched;
  readonly accounts: readonly Account[];
}
