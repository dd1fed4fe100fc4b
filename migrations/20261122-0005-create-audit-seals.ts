import { OwnMigration, type Statements } from './own-migration.js';

/**
 * A chain of hashes over the audit log: each seal covers a range of rows and the previous seal. A unique key allows only one seal after
 * each hash, so that the chain does not fork when several processes seal at once.
 */
export class CreateAuditSeals extends OwnMigration {
  override statements(): Statements {
    return {
      mysql: [
        `create table if not exists audit_seals (
          id bigint unsigned not null auto_increment,
          kind varchar(16) not null,
          first_row_id bigint unsigned not null,
          last_row_id bigint unsigned not null,
          row_count int unsigned not null,
          rows_hash char(64) character set ascii collate ascii_bin not null,
          previous_hash char(64) character set ascii collate ascii_bin not null,
          hash char(64) character set ascii collate ascii_bin not null,
          sealed_at datetime(3) not null,
          primary key (id),
          unique key uq_audit_seals_previous (previous_hash),
          key ix_audit_seals_kind (kind, last_row_id)
        ) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin`,
      ],
      sqlite: [
        `create table if not exists audit_seals (
          id integer not null primary key autoincrement,
          kind text not null,
          first_row_id integer not null,
          last_row_id integer not null,
          row_count integer not null,
          rows_hash text not null,
          previous_hash text not null unique,
          hash text not null,
          sealed_at text not null
        )`,
        'create index if not exists ix_audit_seals_kind on audit_seals (kind, last_row_id)',
      ],
    };
  }
}
