import { sql } from 'kysely';
import { type SchemaFinding, schemaFinding } from '../../../core/domain/operations/schema-finding.js';
import type { Db } from '../own-entities.js';

/** Values of a server's variables, by name in lower case. */
export type ServerSettings = ReadonlyMap<string, string>;

/** Settings that no connection can set for itself, and their meaning. */
const names = [
  'binlog_format',
  'innodb_flush_log_at_trx_commit',
  'innodb_read_only',
  'log_bin',
  'max_allowed_packet',
  'max_connections',
  'max_user_connections',
  'read_only',
  'sync_binlog',
] as const;

/** Some hundreds of audit rows are one statement. */
const minPacketBytes = 4 * 1024 * 1024;

export async function readServerSettings(db: Db): Promise<ServerSettings> {
  const { rows } = await sql<{ Variable_name: string; Value: string }>`
    show variables where variable_name in (${sql.join([...names])})`.execute(db);
  return new Map(rows.map((row) => [row.Variable_name.toLowerCase(), row.Value]));
}

export function settingFindings(settings: ServerSettings): readonly SchemaFinding[] {
  const isOn = (name: (typeof names)[number]) => !['OFF', '0', 'NO', ''].includes(settings.get(name)?.toUpperCase() ?? '');
  const findings: SchemaFinding[] = [];
  if (isOn('log_bin') && settings.get('binlog_format')?.toUpperCase() === 'STATEMENT') findings.push(binlogOfStatements);
  if (isOn('read_only') || isOn('innodb_read_only')) {
    findings.push(schemaFinding('server_read_only', 'The server is read-only for ordinary accounts'));
  }
  // MariaDB's value 3 flushes at least as often as 1.
  const relaxed = [
    ...(['1', '3', undefined].includes(settings.get('innodb_flush_log_at_trx_commit')) ? [] : ['innodb_flush_log_at_trx_commit']),
    ...(isOn('log_bin') && settings.get('sync_binlog') !== '1' ? ['sync_binlog'] : []),
  ].map((name) => `${name}=${settings.get(name)}`);
  if (relaxed.length > 0) {
    findings.push(schemaFinding('commits_not_durable', `A power cut on the server may undo what was answered (${relaxed.join(', ')})`));
  }
  const packetBytes = Number(settings.get('max_allowed_packet') ?? minPacketBytes);
  if (packetBytes < minPacketBytes) {
    findings.push(schemaFinding('packet_limit_low', `The server takes statements of ${packetBytes} bytes at most (max_allowed_packet)`));
  }
  return findings;
}

/** Includes the limits of the database user, which may have its own. A process opens one connection beside its pool to end sessions. */
export function connectionFindings(settings: ServerSettings, poolMax: number): readonly SchemaFinding[] {
  const limits = (['max_user_connections', 'max_connections'] as const)
    .map((name) => ({ name, limit: Number(settings.get(name) ?? 0) })) // 0 is no limit
    .filter(({ limit }) => limit > 0 && limit <= poolMax);
  return limits.map(({ name, limit }) =>
    schemaFinding('connections_few', `A process opens up to ${poolMax + 1} connections, and the server allows ${limit} (${name})`),
  );
}

/** @throws Error on a server that rejects every write, with one sentence for an operator */
export async function assertServerWrites(db: Db): Promise<void> {
  if (!settingFindings(await readServerSettings(db)).includes(binlogOfStatements)) return;
  throw new Error(
    `${binlogOfStatements.message}. Set binlog_format=ROW or MIXED on the server, for new connections and in its configuration.`,
  );
}

const binlogOfStatements = schemaFinding(
  'binlog_of_statements',
  'The server refuses every change: its binary log holds statements (binlog_format=STATEMENT), which InnoDB does not allow under READ COMMITTED',
);
