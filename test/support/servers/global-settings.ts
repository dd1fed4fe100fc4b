import { createConnection } from 'mysql2/promise';
import type { DatabaseServer } from './database-server.js';

export type GlobalSettings = Readonly<Record<string, string | number>>;

/** Values of a server's configuration that break statements which rely on the defaults. */
export const hostileSettings = (kind: DatabaseServer['kind']): GlobalSettings => ({ ...ofBoth, ...ofKind[kind] });

const ofBoth: GlobalSettings = {
  init_connect: 'set names latin1', // as skip-character-set-client-handshake does
  autocommit: 0,
  completion_type: 'CHAIN',
  sql_mode: 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT,HIGH_NOT_PRECEDENCE,PAD_CHAR_TO_FULL_LENGTH,NO_AUTO_VALUE_ON_ZERO',
  time_zone: '+05:30',
  sql_safe_updates: 1,
  sql_auto_is_null: 1,
  sql_select_limit: 1,
  max_join_size: 1, // it also resets sql_big_selects
  foreign_key_checks: 0,
  unique_checks: 0,
  lc_messages: 'fr_FR',
  wait_timeout: 1,
  innodb_lock_wait_timeout: 1,
  lock_wait_timeout: 1,
  sql_quote_show_create: 0,
  default_storage_engine: 'MyISAM',
  low_priority_updates: 1,
};

const ofKind = {
  mysql: { transaction_isolation: 'SERIALIZABLE', transaction_read_only: 1, max_execution_time: 1, show_create_table_verbosity: 1 },
  mariadb: { tx_isolation: 'SERIALIZABLE', tx_read_only: 1, max_statement_time: 0.001, check_constraint_checks: 0 },
} as const;

/** Sets the defaults of new connections; disposal restores the server's own defaults. */
export async function setGlobally(server: DatabaseServer, settings: GlobalSettings): Promise<AsyncDisposable> {
  const connection = await createConnection(server.rootUrl);
  for (const [name, value] of Object.entries(settings)) await connection.query(`set global ${name} = ?`, [value]);
  return {
    [Symbol.asyncDispose]: async () => {
      for (const name of Object.keys(settings)) await connection.query(`set global ${name} = default`);
      connection.destroy();
    },
  };
}
