import type { ConnectionOptions, SslOptions } from 'mysql2';

/** A database on a MySQL or MariaDB server, and who asks. */
export interface MysqlTarget {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** A Unix socket, in place of host and port. */
  readonly socketPath?: string | null;
  /** Null, or nothing: not encrypted. */
  readonly tls?: SslOptions | null;
}

/** The same in the driver's words, and nothing else that a target may carry. */
export function connectionOptions({ host, port, user, password, database, socketPath, tls }: MysqlTarget): ConnectionOptions {
  return { host, port, user, password, database, ...(socketPath && { socketPath }), ...(tls && { ssl: tls }) };
}
