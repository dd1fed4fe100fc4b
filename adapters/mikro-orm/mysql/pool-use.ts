/** How the connections of a pool are used; the pool keeps it up to date. */
export class PoolUse {
  /** Connections at work. */
  busy = 0;
  /** Callers that wait for a connection. */
  waiting = 0;
}
