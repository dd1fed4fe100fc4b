import type { Ports } from '../../ports/ports.js';

export type WatchDefinitionsPorts = Pick<Ports, 'existingSchema' | 'clock' | 'logger'>;

/**
 * Stores a fingerprint of each existing table's definition at the first sight of the table, and warns about each table whose definition has
 * changed since. It rejects nothing: `CheckSchema` checks whether the tables still fit the mapping.
 */
export class WatchDefinitions {
  readonly #ports: WatchDefinitionsPorts;

  constructor(ports: WatchDefinitionsPorts) {
    this.#ports = ports;
  }

  /** Returns the names of the tables that changed. Never rejects: a failed comparison is logged as a warning too. */
  async execute(): Promise<readonly string[]> {
    const { existingSchema, clock, logger } = this.#ports;
    try {
      const definitions = await existingSchema.definitions();
      const isNew = definitions.some(({ kept }) => kept === null);
      if (isNew) await existingSchema.keep(definitions, clock.now(), 'if_none');
      const changed = definitions.filter(({ fingerprint, kept }) => kept !== null && kept !== fingerprint).map(({ table }) => table);
      for (const table of changed) logger.warn('the definition of an existing table has changed', { table });
      return changed;
    } catch (error) {
      logger.warn('the definitions of the existing tables could not be compared', { error });
      return [];
    }
  }
}
