import type { Ports } from '../../ports/ports.js';

export type WatchDefinitionsPorts = Pick<Ports, 'existingSchema' | 'clock' | 'logger'>;

/**
 * Keeps a fingerprint of each existing table's definition when it sees the table for the first time, and warns of every one that has
 * changed since. It refuses nothing: whether the tables still fit the mapping is asked elsewhere.
 */
export class WatchDefinitions {
  readonly #ports: WatchDefinitionsPorts;

  constructor(ports: WatchDefinitionsPorts) {
    this.#ports = ports;
  }

  /** Answers the names of the tables that changed. Never rejects: what cannot be compared is a warning as well. */
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
