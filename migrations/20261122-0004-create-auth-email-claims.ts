import { OwnMigration, type Statements } from './own-migration.js';

/** The owner of each canonical address. Its primary key ensures that there is only one account per address. */
export class CreateAuthEmailClaims extends OwnMigration {
  override statements(): Statements {
    return {
      mysql: [
        `create table if not exists auth_email_claims (
          email varchar(254) not null,
          user_id varchar(191) not null,
          primary key (email)
        ) engine=InnoDB row_format=dynamic default charset=utf8mb4 collate=utf8mb4_bin`,
      ],
      sqlite: [
        `create table if not exists auth_email_claims (
          email text not null primary key,
          user_id text not null
        )`,
      ],
    };
  }
}
