import type { Driver } from 'kysely';

/** Counts who uses the connections of a pool. */
export class PoolMeter {
  #busy = 0;
  #waiting = 0;

  /** Connections at work. */
  get busy(): number {
    return this.#busy;
  }

  /** Callers who wait for a connection. */
  get waiting(): number {
    return this.#waiting;
  }

  /** The same driver, counted. */
  metered(driver: Driver): Driver {
    const acquire = driver.acquireConnection.bind(driver);
    const release = driver.releaseConnection.bind(driver);
    driver.acquireConnection = async (options) => {
      this.#waiting += 1;
      try {
        const connection = await acquire(options);
        this.#busy += 1;
        return connection;
      } finally {
        this.#waiting -= 1;
      }
    };
    driver.releaseConnection = async (connection, options) => {
      this.#busy -= 1;
      await release(connection, options);
    };
    return driver;
  }
}
