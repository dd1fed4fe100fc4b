import { Migration } from '@mikro-orm/migrations';
import { SqlitePlatform } from '@mikro-orm/sql';
import { assertOwnTables } from './own-tables.js';

/** The same change in both SQL dialects: `mysql` is also for MariaDB. */
export type Statements = Readonly<Record<'mysql' | 'sqlite', readonly string[]>>;

/**
 * A change of this product's own tables. It must be possible to run it again after a server was killed in the middle of it, and MySQL
 * commits after every definition: so each statement creates only what does not exist yet.
 */
export abstract class OwnMigration extends Migration {
  abstract statements(): Statements;

  override up(): void {
    const language = this.driver.getPlatform() instanceof SqlitePlatform ? 'sqlite' : 'mysql';
    for (const statement of this.statements()[language]) {
      assertOwnTables(statement);
      this.addSql(statement);
    }
  }
}
