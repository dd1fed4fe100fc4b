import type { FaultFacts, FaultKind } from '../sql/database-fault.js';
import { type DriverError, textOf } from '../sql/driver-error.js';
import { mariadbErrorName } from './mariadb-error-names.js';
import { isPlainMysqlError, mysqlFaultKind } from './mysql-error-numbers.js';
import type { MysqlServer } from './mysql-server.js';

/** Reads an error of a server. */
export function mysqlFacts(errno: number, error: DriverError, server: MysqlServer | null): FaultFacts {
  const kind = mysqlFaultKind(errno, textOf(error.sqlState), server);
  const message = textOf(error.sqlMessage);
  return {
    kind,
    code: nameOf(errno, error, server),
    ...(isPlainMysqlError(errno, server) && !isOfTrigger(kind, error) && { detail: message }),
    columns: columnsIn(kind, message),
    key: kind === 'duplicate' ? (/.*for key '(.+)'$/s.exec(message)?.[1] ?? null) : null,
    constraint: kind === 'refused' ? (/^(?:check )?constraint ['`](.+?)['`] (?:is violated|failed)/i.exec(message)?.[1] ?? null) : null,
  };
}

/** How the servers' own messages about rules of a table begin. */
const ofServer =
  /^(?:Column '|Field '|Cannot (?:add|delete) or update a (?:child|parent) row: |Check constraint '|CONSTRAINT `|The value specified for generated column ')/;

/** A trigger may signal any number, with a message of its owner that may hold values. */
const isOfTrigger = (kind: FaultKind, { sqlState, sqlMessage }: DriverError): boolean =>
  textOf(sqlState).startsWith('45') || (kind === 'refused' && !ofServer.test(textOf(sqlMessage)));

/** The driver has MySQL's names alone. */
function nameOf(errno: number, { code }: DriverError, server: MysqlServer | null): string {
  const name = server === 'mariadb' ? mariadbErrorName(errno) : undefined;
  return name === undefined ? textOf(code) || `ER_${errno}` : name;
}

/** The value that does not fit may stand before the column: the last name counts. */
function columnsIn(kind: FaultKind, message: string): readonly string[] {
  if (kind !== 'unfit' && kind !== 'refused') return [];
  const foreignKey = /FOREIGN KEY \(([^)]+)\) REFERENCES/.exec(message)?.[1];
  if (foreignKey !== undefined) return [...foreignKey.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
  const named = [...message.matchAll(/\b(?:column|field) (?:`[^`]*`\.)*[`']([^`']+)[`']/gi)].at(-1)?.[1];
  return named === undefined ? [] : [named];
}
