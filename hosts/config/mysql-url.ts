import { isIP } from 'node:net';
import { formatHostPort, parseHostPort } from './host-port.js';
import { Secret } from './secret.js';
import { WrongValue } from './text-schema.js';
import { type TlsOptions, tlsOptions } from './tls-options.js';
import { splitUrl } from './url-parts.js';

/** A MySQL or MariaDB server. With `socketPath`, a Unix socket, host and port are not used. */
export interface MysqlDatabase {
  readonly kind: 'mysql';
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Empty for a database user without a password. */
  readonly password: Secret;
  readonly database: string;
  readonly socketPath: string | null;
  readonly tls: TlsOptions | null;
}

const WANTED = 'mysql://user:password@host:3306/database';
const DRIVERS = 'asyncmy|aiomysql|pymysql|mysqldb|mysqlconnector|mariadbconnector|cymysql|oursql';
const SCHEME = new RegExp(`^(?:mysql|mariadb)(?:\\+(?:${DRIVERS}))?$`);

/** Returns whether the text is a MySQL URL, well-formed or not. */
export function isMysqlUrl(text: string): boolean {
  return /^(?:mysql|mariadb)[+:]/i.test(text);
}

/**
 * Parses a MySQL URL, or SQLAlchemy's form with a driver's name. From the query it uses only the socket and TLS: the other parameters
 * (`charset`, `autocommit`, …) are settings of the Python driver.
 */
export function parseMysqlUrl(text: string): MysqlDatabase {
  const parts = splitUrl(text);
  if (parts === null || !SCHEME.test(parts.scheme)) throw new WrongValue(`wants ${WANTED}, or mysql+asyncmy:// and its kin`);
  const server = parseHostPort(parts.authority, 3306);
  if (server === null) {
    throw new WrongValue(`wants ${WANTED}, with @ : / % of user and password percent-encoded and a port from 1 to 65535`);
  }
  if (parts.user === null) throw new WrongValue(`wants a user name: ${WANTED}`);
  if (parts.path === null || !/^[^/\0]+$/.test(parts.path)) throw new WrongValue(`wants a database name: ${WANTED}`);
  const socketPath = parts.query.get('unix_socket') ?? parts.query.get('socket') ?? null;
  const tls = tlsOptions({ query: parts.query, isRequired: false });
  if (tls?.verify === 'identity' && socketPath === null && isAddress(server.host)) {
    throw new WrongValue('wants a host name where the certificate is verified by name: the name in it, or ssl_mode=verify_ca');
  }
  return {
    kind: 'mysql',
    ...server,
    user: parts.user,
    password: new Secret(parts.password ?? ''),
    database: parts.path,
    socketPath,
    tls,
  };
}

/** The driver compares the certificate of an IP address with the name `localhost`, which is correct only for loopback. */
const isAddress = (host: string): boolean => isIP(host) !== 0 && !host.startsWith('127.') && host !== '::1';

/** The URL for display to an operator: password masked. */
export function showMysqlDatabase(database: MysqlDatabase): string {
  const { user, password, socketPath, tls } = database;
  const account = password.reveal() === '' ? user : `${user}:${password}`;
  const query = [socketPath === null ? [] : `unix_socket=${socketPath}`, tls === null ? [] : `tls=${tls.verify}`].flat();
  return `mysql://${account}@${formatHostPort(database)}/${database.database}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}
