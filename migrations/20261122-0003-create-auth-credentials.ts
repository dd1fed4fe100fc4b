import { OwnMigration, type Statements } from './own-migration.js';

/** Hashes that replace those of the existing table. `bound_to` is the SHA-256 of the existing hash at the time of the write. */
export class CreateAuthCredentials extends OwnMigration {
  override statements(): Statements {
    return {
      mysql: [
        `create table if not exists auth_credentials (
          user_id varchar(191) not null,
          password_hash varchar(255) not null,
          bound_to char(64) character set ascii collate ascii_bin not null,
          updated_at bigint not null,
          primary key (user_id)
        ) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin`,
      ],
      sqlite: [
        `create table if not exists auth_credentials (
          user_id text not null primary key,
          password_hash text not null,
          bound_to text not null,
          updated_at integer not null
        )`,
      ],
    };
  }
}
