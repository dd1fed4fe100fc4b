import { type Driver, MysqlDialect, type MysqlPool } from 'kysely';
import type { PoolMeter } from './pool-meter.js';

export interface MeteredMysqlDialectOptions {
  readonly pool: MysqlPool;
  readonly meter: PoolMeter;
}

/** MySQL over a pool whose use is counted. */
export class MeteredMysqlDialect extends MysqlDialect {
  readonly #meter: PoolMeter;

  constructor({ pool, meter }: MeteredMysqlDialectOptions) {
    super({ pool });
    this.#meter = meter;
  }

  override createDriver(): Driver {
    return this.#meter.metered(super.createDriver());
  }
}
