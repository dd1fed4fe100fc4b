import { OwnMigration, type Statements } from './own-migration.js';

/** A chain of hashes over the audit log: each seal covers a run of rows and the seal before it. */
export class CreateAuditSeals extends OwnMigration {
  override statements(): Statements {
    return {
      mysql: [
        `create table if not exists audit_seals (
          id bigint unsigned not null auto_increment,
          first_row_id bigint unsigned not null,
          last_row_id bigint unsigned not null,
          row_count int unsigned not null,
          hash char(64) character set ascii collate ascii_bin not null,
          previous_hash char(64) character set ascii collate ascii_bin null,
          sealed_at datetime(3) not null,
          primary key (id),
          unique key uq_audit_seals_last_row (last_row_id)
        ) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin`,
      ],
      sqlite: [
        `create table if not exists audit_seals (
          id integer not null primary key autoincrement,
          first_row_id integer not null,
          last_row_id integer not null unique,
          row_count integer not null,
          hash text not null,
          previous_hash text,
          sealed_at text not null
        )`,
      ],
    };
  }
}
