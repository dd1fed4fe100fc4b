import { OwnMigration, type Statements } from './own-migration.js';

/** The definitions of the existing tables at the time when they were accepted, to detect a later change. */
export class CreateAuthDefinitions extends OwnMigration {
  override statements(): Statements {
    return {
      mysql: [
        `create table if not exists auth_definitions (
          table_name varchar(64) not null,
          fingerprint char(64) character set ascii collate ascii_bin not null,
          kept_at bigint not null,
          primary key (table_name)
        ) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin`,
      ],
      sqlite: [
        `create table if not exists auth_definitions (
          table_name text not null primary key,
          fingerprint text not null,
          kept_at integer not null
        )`,
      ],
    };
  }
}
