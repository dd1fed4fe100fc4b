import { after, all, announced, before, imported, made, replaced } from './edits.js';
import type { Recipe } from './recipe.js';

const migration = `
import { OwnMigration, type Statements } from './own-migration.js';

/** What an operator noted about an account. */
export class CreateAuthNotes extends OwnMigration {
  override statements(): Statements {
    return {
      mysql: [
        \`create table if not exists auth_notes (
          user_id varchar(64) not null,
          note varchar(255) not null,
          primary key (user_id)
        ) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin\`,
      ],
      sqlite: [
        \`create table if not exists auth_notes (
          user_id text not null primary key,
          note text not null
        )\`,
      ],
    };
  }
}
`;

const entity = `/** A row of \`auth_notes\`: what an operator noted about an account. */
const AuthNote = defineEntity({
  name: 'AuthNote',
  tableName: 'auth_notes',
  properties: {
    userId: p.string().primary(),
    note: p.string(),
  },
});
`;

/** The rows of the new table stand in docs/grants.sql where the code that writes the script puts them: behind those of this table. */
const behind = 'auth_email_claims';
const granted = (account: 'migrate' | 'serve', rights: string) =>
  after(new RegExp(`\`${behind}\` TO 'move_${account}'`), `GRANT ${rights} ON \`company\`.\`auth_notes\` TO 'move_${account}'@'10.0.0.%';`);

/** Adds the table `auth_notes`. */
export const tableRecipe: Recipe = {
  title: 'To add a table',
  names: { date: '20990101', number: '0001', verb: 'create-auth-notes' },
  files: {
    'migrations/20990101-0001-create-auth-notes.ts': made(migration),
    'migrations/all-migrations.ts': all(
      imported("import { CreateAuthNotes } from './20990101-0001-create-auth-notes.js';"),
      replaced(/\n(\] as const;)/, "\n  { name: '20990101-0001-create-auth-notes', class: CreateAuthNotes },\n$1"),
    ),
    'migrations/own-tables.ts': after(/^ {2}'auth_email_claims',/, "  'auth_notes',"),
    'adapters/mikro-orm/own-entities.ts': all(
      before(/^\/\*\* A row of `auth_sessions`/, entity),
      replaced(/(export const ownEntities = \[.*?)(,?\s*\] as const)/s, '$1, AuthNote$2'),
    ),
    'adapters/mikro-orm/schema-map/grant-script.ts': after(/^ {2}auth_email_claims: /, "  auth_notes: 'SELECT, INSERT, UPDATE, DELETE',"),
    'docs/grants.sql': all(
      granted('migrate', 'SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP'),
      granted('serve', 'SELECT, INSERT, UPDATE, DELETE'),
    ),
    'docs/security.md': after(
      /^\| `auth_email_claims` \|/,
      '| `auth_notes` | `user_id`, `note` | B | as long as the account | operators |',
    ),
    'test/contracts/support/server-harness.ts': replaced(/(const tables = \[.*?)(\];)/s, "$1, 'auth_notes'$2"),
    'test/contracts/support/mapped-harness.ts': replaced(/(const ownTables = \[.*?)(\];)/s, "$1, 'auth_notes'$2"),
    'test/documents/readme.spec.ts': replaced(/(drop table .*?auth_email_claims)/, '$1, auth_notes'),
    'CHANGELOG.md': announced('`db migrate` makes the table `auth_notes`. The account that serves needs its rights: `db grants`.'),
  },
};
