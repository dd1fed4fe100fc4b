import { Migration } from '@mikro-orm/migrations';
import { SqlitePlatform } from '@mikro-orm/sql';
import { assertOwnTables } from './own-tables.js';

/** The same change in the two languages that are spoken: `mysql` is MariaDB's too. */
export type Statements = Readonly<Record<'mysql' | 'sqlite', readonly string[]>>;

/**
 * A change of tables of our own. A server that is killed in the middle of it must be able to run it again, and MySQL commits after
 * every definition: so each statement makes what is not there yet, and is content with what is.
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
