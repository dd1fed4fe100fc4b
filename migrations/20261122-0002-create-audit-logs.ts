import { OwnMigration, type Statements } from './own-migration.js';

/** The audit log. Instants are UTC and readable; `details` is a JSON object as text. */
export class CreateAuditLogs extends OwnMigration {
  override statements(): Statements {
    return {
      mysql: [
        `create table if not exists audit_logs (
          id bigint unsigned not null auto_increment,
          occurred_at datetime(3) not null,
          event varchar(64) not null,
          outcome varchar(16) not null,
          user_id varchar(191) null,
          session_id char(36) character set ascii collate ascii_bin null,
          actor varchar(191) not null,
          ip varchar(64) null,
          user_agent varchar(255) null,
          request_id varchar(191) null,
          details text not null,
          primary key (id),
          key ix_audit_logs_user (user_id, id),
          key ix_audit_logs_occurred (occurred_at)
        ) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin`,
      ],
      sqlite: [
        `create table if not exists audit_logs (
          id integer not null primary key autoincrement,
          occurred_at text not null,
          event text not null,
          outcome text not null,
          user_id text,
          session_id text,
          actor text not null,
          ip text,
          user_agent text,
          request_id text,
          details text not null
        )`,
        'create index if not exists ix_audit_logs_user on audit_logs (user_id, id)',
        'create index if not exists ix_audit_logs_occurred on audit_logs (occurred_at)',
      ],
    };
  }
}
