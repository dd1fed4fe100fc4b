import { OwnMigration, type Statements } from './own-migration.js';

/** Sessions. Instants are milliseconds since 1970 UTC. */
export class CreateAuthSessions extends OwnMigration {
  override statements(): Statements {
    return {
      mysql: [
        `create table if not exists auth_sessions (
          id char(36) character set ascii collate ascii_bin not null,
          user_id varchar(191) not null,
          refresh_counter int unsigned not null,
          device_name varchar(255) null,
          user_agent varchar(255) null,
          ip varchar(64) null,
          created_at bigint not null,
          last_seen_at bigint not null,
          rotated_at bigint null,
          idle_expires_at bigint not null,
          expires_at bigint not null,
          revoked_at bigint null,
          revocation_reason varchar(32) null,
          primary key (id),
          key ix_auth_sessions_user (user_id, revoked_at),
          key ix_auth_sessions_revoked (revoked_at),
          key ix_auth_sessions_idle (idle_expires_at)
        ) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin`,
      ],
      sqlite: [
        `create table if not exists auth_sessions (
          id text not null primary key,
          user_id text not null,
          refresh_counter integer not null,
          device_name text,
          user_agent text,
          ip text,
          created_at integer not null,
          last_seen_at integer not null,
          rotated_at integer,
          idle_expires_at integer not null,
          expires_at integer not null,
          revoked_at integer,
          revocation_reason text
        )`,
        'create index if not exists ix_auth_sessions_user on auth_sessions (user_id, revoked_at)',
        'create index if not exists ix_auth_sessions_revoked on auth_sessions (revoked_at)',
        'create index if not exists ix_auth_sessions_idle on auth_sessions (idle_expires_at)',
      ],
    };
  }
}
