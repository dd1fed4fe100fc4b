/** All stored data, in MySQL, MariaDB or an embedded SQLite file. */
import '../../config/require-node.js';

export * from '../../../adapters/mikro-orm/database-target.js';
export * from '../../../adapters/mikro-orm/open-database.js';
export * from '../../../adapters/mikro-orm/operations/migration-plan.js';
export * from '../../../adapters/mikro-orm/schema-map/grant-script.js';
export * from '../../../adapters/mikro-orm/schema-map/read-schema-map.js';
export * from '../../../adapters/mikro-orm/schema-map/reference-schema-map.js';
export * from '../../../adapters/mikro-orm/schema-map/schema-map.js';
export * from '../../../migrations/all-migrations.js';
