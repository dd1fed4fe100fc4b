import type { SchemaMap } from '../../../adapters/mikro-orm/schema-map/schema-map.js';
import { openByUrl } from '../../contracts/support/open-test-database.js';

/** What `db migrate` does, without a process of its own. */
export async function migrate(url: string, schemaMap?: SchemaMap): Promise<void> {
  await using database = await openByUrl(url, { ...(schemaMap && { schemaMap }) });
  await database.migrations.up();
}
