import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { sql } from 'kysely';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { anyServerSettings, applySettings } from '../../../../adapters/mikro-orm/mysql/session-statements.js';
import { openOrm } from '../../../../adapters/mikro-orm/open-orm.js';
import { withMigrationLock } from '../../../../adapters/mikro-orm/operations/migration-lock.js';
import { connectionFindings, settingFindings } from '../../../../adapters/mikro-orm/operations/server-settings.js';
import { CheckSchema } from '../../../../core/usecases/operations/check-schema.js';
import { failureText } from '../../../../hosts/cli/failure-text.js';
import { openByUrl } from '../../../contracts/support/open-test-database.js';
import { rejection, sampleUser } from '../../../kit/contracts/support/samples.js';
import { targetOf } from '../../../support/database-target.js';
import { hasherOfAllFormats } from '../../../support/foreign-hashes/hasher-of-all-formats.js';
import { type DatabaseServer, startDatabaseServer } from '../../../support/servers/database-server.js';
import { hostileSettings, setGlobally } from '../../../support/servers/global-settings.js';
import type { TestDatabase } from '../../../support/servers/test-database.js';

const patience = { connectionMs: 1000, answerMs: 1000, lockWaitSeconds: 7, statementMs: 1900 };

/** What a connection has under whatever configuration. */
const wanted = {
  autocommit: 1,
  completion_type: 'NO_CHAIN',
  sql_mode: 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION',
  time_zone: '+00:00',
  lc_messages: 'en_US',
  foreign_key_checks: 1,
  unique_checks: 1,
  sql_auto_is_null: 0,
  sql_safe_updates: 0,
  sql_select_limit: '18446744073709551615',
  sql_big_selects: 1,
  sql_quote_show_create: 1,
  wait_timeout: 28_800,
  innodb_lock_wait_timeout: 7,
  lock_wait_timeout: 7,
  character_set_client: 'utf8mb4',
  character_set_results: 'utf8mb4',
  collation_connection: 'utf8mb4_general_ci',
};

const limits = {
  mysql: { max_execution_time: 1900, show_create_table_verbosity: 0 },
  mariadb: { max_statement_time: 1.9, check_constraint_checks: 1 },
} as const;

const transactions = {
  mysql: { transaction_isolation: 'READ-COMMITTED', transaction_read_only: 0 },
  mariadb: { tx_isolation: 'READ-COMMITTED', tx_read_only: 0 },
} as const;

describe('A database server set otherwise', () => {
  let server: DatabaseServer;
  let test: TestDatabase;
  before(async function () {
    this.timeout(60_000);
    server = await startDatabaseServer({ extraArgs: ['--log-bin=binlog', '--server-id=1'] });
    test = await server.createDatabase();
    await test.loadExistingSchema({ rows: false });
  });
  after(() => server?.[Symbol.asyncDispose]());

  type Row = Readonly<Record<string, unknown>>;
  const read = (names: readonly string[]) => `select ${names.map((name) => `@@session.${name} as ${name}`)}`;
  const asText = (row: Row | undefined) => ({ ...row, sql_select_limit: String(row?.sql_select_limit) });

  it('changes nothing for the connections of the pool', async () => {
    await using _settings = await setGlobally(server, hostileSettings(server.kind));
    const orm = await openOrm({ target: targetOf(test.url), poolMax: 1, patience });
    const all = { ...wanted, ...limits[server.kind], ...transactions[server.kind] };
    const { rows } = await sql<Row>`${sql.raw(read(Object.keys(all)))}`.execute(orm.em.fork().getKysely());
    await orm.close(true);
    expect(asText(rows[0])).to.deep.equal(all);
  });

  it('changes nothing for a connection that holds a gate or a lock', async () => {
    await using _settings = await setGlobally(server, hostileSettings(server.kind));
    const connection = await createConnection({ uri: test.url, supportBigNumbers: true });
    await applySettings((statement) => connection.query(statement), anyServerSettings(patience));
    const all = { ...wanted, ...limits[server.kind] };
    const [rows] = await connection.query<RowDataPacket[]>(read(Object.keys(all)));
    connection.destroy();
    expect(asText(rows[0])).to.deep.equal(all);
  });

  it('that lacks a variable has all other variables set, and a value that it rejects is an error', async () => {
    await using _settings = await setGlobally(server, { autocommit: 0, sql_safe_updates: 1 });
    const connection = await createConnection(test.url);
    const apply = (...settings: readonly string[]) => applySettings((statement) => connection.query(statement), settings);
    await apply('session autocommit=1', 'session no_such_variable=1', 'session sql_safe_updates=0');
    const [rows] = await connection.query<RowDataPacket[]>(read(['autocommit', 'sql_safe_updates']));
    expect({ ...rows[0] }).to.deep.equal({ autocommit: 1, sql_safe_updates: 0 });
    expect(await rejection(apply("session completion_type='NEVER'"))).to.have.property('code', 'ER_WRONG_VALUE_FOR_VAR');
    connection.destroy();
  });

  it('ends no lock of a migration because its connection is idle', async () => {
    await using _settings = await setGlobally(server, { wait_timeout: 1 });
    const steps: string[] = [];
    const holding = withMigrationLock(targetOf(test.url), async () => {
      await delay(1400);
      steps.push('first ends');
    });
    await delay(100);
    await Promise.all([holding, withMigrationLock(targetOf(test.url), async () => steps.push('second begins'))]);
    expect(steps).to.deep.equal(['first ends', 'second begins']);
  }).timeout(10_000);

  it('is reported by a check where no connection can set it', async () => {
    await using database = await openByUrl(test.url);
    await database.migrations.up();
    const { existingSchema, clock } = database;
    const check = new CheckSchema({ existingSchema, clock, hasher: hasherOfAllFormats() });
    const codes = async () => (await check.execute({ accept: false })).findings.map(({ code }) => code);
    const special = ['binlog_of_statements', 'server_read_only', 'packet_limit_low'] as const;
    expect(await codes())
      .to.include('commits_not_durable')
      .and.not.include.oneOf([...special]);
    await using _settings = await setGlobally(server, { binlog_format: 'STATEMENT', read_only: 1, max_allowed_packet: 1_048_576 });
    expect(await codes())
      .to.include.members([...special])
      .and.not.include('rows_unread');
  });

  it('is reported by a check where it allows the account fewer connections than a process opens', async () => {
    const account = `'${test.name}'@'127.0.0.1'`;
    await test.query(`alter user ${account} with max_user_connections 10`);
    await using database = await openByUrl(test.url);
    const findings = await database.existingSchema.view((view) => view.definitionFindings());
    await test.query(`alter user ${account} with max_user_connections 0`);
    expect(findings.filter(({ code }) => code === 'connections_few').map(({ message }) => message)).to.deep.equal([
      'A process opens up to 11 connections, and the server allows 10 (max_user_connections)',
    ]);
  });

  it('for encrypted connections only is reported as such, as far as its error shows it', async () => {
    await using _settings = await setGlobally(server, { require_secure_transport: 1 });
    const [line = ''] = failureText(await rejection(openByUrl(test.url))).lines;
    expect(line).to.match(server.kind === 'mysql' ? /add ssl_mode to DB_URL: Connections using insecure/ : /refuses the account in DB_URL/);
  });

  it('with a binary log of statements refuses a migration, a start and a change with one sentence each', async () => {
    await using fresh = await server.createDatabase();
    await fresh.loadExistingSchema({ rows: false });
    {
      await using served = await openByUrl(test.url);
      await served.migrations.up();
    }
    await using _settings = await setGlobally(server, { binlog_format: 'STATEMENT' });
    await using served = await openByUrl(test.url);
    await using database = await openByUrl(fresh.url);
    const advice = /binlog_format=STATEMENT.*Set binlog_format=ROW or MIXED/;
    expect(String(await rejection(database.migrations.up()))).to.match(advice);
    expect(String(await rejection(database.assertWritable()))).to.match(advice);
    expect(await fresh.query("show tables like 'auth%'")).to.deep.equal([]);
    const change = await rejection(served.unitOfWork.run(({ users }) => users.insert(sampleUser('zoe@example.org'))));
    expect(change).to.include({ code: 'dependency_unavailable' });
    expect(String((change as Error).cause)).to.include('BINLOG_FORMAT = STATEMENT');
  });
});

describe('Settings of a server', () => {
  const codesOf = (settings: Readonly<Record<string, string>>) =>
    settingFindings(new Map(Object.entries(settings))).map(({ code }) => code);

  it('are no finding where they are durable and allow changes', () => {
    for (const flush of ['1', '3']) {
      const settings = { log_bin: 'ON', binlog_format: 'ROW', sync_binlog: '1', read_only: 'OFF', max_allowed_packet: '16777216' };
      expect(codesOf({ ...settings, innodb_flush_log_at_trx_commit: flush })).to.deep.equal([]);
    }
    expect(codesOf({ log_bin: 'OFF', binlog_format: 'STATEMENT', sync_binlog: '0' })).to.deep.equal([]);
    expect(codesOf({})).to.deep.equal([]);
  });

  it('are findings where they undo, refuse or cut', () => {
    expect(codesOf({ log_bin: 'ON', binlog_format: 'statement', sync_binlog: '1' })).to.deep.equal(['binlog_of_statements']);
    for (const read_only of ['ON', 'NO_LOCK_NO_ADMIN']) expect(codesOf({ read_only })).to.deep.equal(['server_read_only']);
    expect(codesOf({ innodb_read_only: 'ON' })).to.deep.equal(['server_read_only']);
    expect(codesOf({ innodb_flush_log_at_trx_commit: '2' })).to.deep.equal(['commits_not_durable']);
    expect(codesOf({ log_bin: 'ON', sync_binlog: '0' })).to.deep.equal(['commits_not_durable']);
    expect(codesOf({ max_allowed_packet: '1048576' })).to.deep.equal(['packet_limit_low']);
  });

  it('are a finding where they allow fewer connections than the pool and one beside it', () => {
    const few = (settings: Readonly<Record<string, string>>) => connectionFindings(new Map(Object.entries(settings)), 10).length;
    expect([few({}), few({ max_user_connections: '0', max_connections: '151' }), few({ max_user_connections: '11' })]).to.deep.equal([
      0, 0, 0,
    ]);
    expect([few({ max_user_connections: '10', max_connections: '151' }), few({ max_connections: '4' })]).to.deep.equal([1, 1]);
  });
});
