import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { startServer } from '../../support/running-server.js';
import { schemaMapExample } from '../../support/schema-map-example.js';
import { checkedLines, cliOf } from '../cli/support/command-output.js';
import { registerSomeone } from '../support/phone.js';
import { restrictedStage } from '../support/restricted-stage.js';
import { serverStage } from '../support/server-stage.js';

interface Report {
  readonly ok: boolean;
  readonly errors: number;
  readonly warnings: number;
  readonly accounts: number | null;
  readonly findings: readonly { readonly severity: string; readonly code: string; readonly table: string | null }[];
  readonly hashes: readonly { readonly scheme: string; readonly count: number }[] | null;
}

const codesOf = (report: Report | undefined) => (report?.findings ?? []).map(({ code }) => code);

describe('db check', function () {
  this.timeout(180_000);

  it('finds no error on tables in a file', async () => {
    const { file, sqliteTables } = schemaMapExample('uuid-keys');
    const cwd = await mkdtemp(join(tmpdir(), 'move-acces-'));
    const database = new DatabaseSync(join(cwd, 'company.db'));
    for (const table of sqliteTables) database.exec(table);
    database.close();
    const [report] = await cliOf({ env: { DB_URL: 'sqlite:./company.db', SCHEMA_MAP: file }, cwd }).json<Report>('db-check', [
      'db',
      'check',
    ]);
    await rm(cwd, { recursive: true, force: true });
    expect(report).to.include({ ok: true, errors: 0, accounts: 0 });
  });

  it('shows on one screen every fault, with advice, and no address, and exits 1 for an error, with --strict for a warning', async () => {
    await using stage = await serverStage();
    const cli = cliOf(stage);
    const passed = await cli.run(['db', 'check']);
    expect(passed).to.include({ exitCode: 0, stderr: '' });
    expect(passed.stdout).to.match(
      /^warning {2}Accounts have a hash of no format that is understood \(1, such as 10\)\.\n {9}None of them/m,
    );
    expect(passed.stdout).to.match(/^HASHES {2}FORMAT\n {5}3 {2}bcrypt\n/m);
    expect(passed.stdout).to.match(/\n10 accounts were read\. Found: 0 errors, \d+ warnings, \d+ notes\.\n$/);
    expect(passed.stdout).not.to.match(/example\.org|\$2y\$/);
    const strict = await cli.run(['db', 'check', '--strict', '--json']);
    expect(strict.exitCode).to.equal(1);
    expect(checkedLines<Report>(strict.stdout, 'db-check')[0]).to.include({ ok: true, errors: 0 });
    expect(checkedLines<{ error: { message: string } }>(strict.stderr, 'error')[0]?.error.message).to.match(
      /^The tables are not as they should be: 0 errors, \d+ warnings, \d+ notes\.$/,
    );
    await stage.database.query('alter table users drop column telephone');
    const failed = await cli.run(['db', 'check', '--json']);
    expect(failed.exitCode).to.equal(1);
    const [report] = checkedLines<Report>(failed.stdout, 'db-check');
    expect(report).to.include({ ok: false, errors: 1, accounts: null, hashes: null });
    expect(report?.findings[0]).to.include({ severity: 'error', code: 'column_missing', table: 'users' });
    await stage.database.query('alter table users add telephone varchar(32) null after nom');
  });

  it('works before db migrate, which it recommends, and changes nothing', async () => {
    await using stage = await serverStage();
    const tables = async () => JSON.stringify(await stage.database.query('show tables'));
    for (const table of ['auth_migrations', 'auth_credentials', 'auth_definitions']) await stage.database.query(`drop table ${table}`);
    const before = await tables();
    const cli = cliOf(stage);
    const [report] = await cli.json<Report>('db-check', ['db', 'check']);
    expect(codesOf(report)).to.include('migrations_pending');
    expect(report?.accounts).to.equal(10);
    const accepted = await cli.run(['db', 'check', '--accept']);
    expect(accepted).to.include({ exitCode: 1, stdout: '' });
    expect(accepted.stderr).to.include('run "move-acces db migrate" first');
    expect(await tables()).to.equal(before);
  });

  it('reports a definition that changed since the first start, as each start does in its log, until it is accepted', async () => {
    await using stage = await restrictedStage(schemaMapExample('numeric-status'));
    const start = async () => {
      await using server = await startServer({ env: stage.env, cwd: stage.cwd });
      await registerSomeone(server.url);
      return server.output();
    };
    const warning = /"level":"warn".*"table":"(\w+)".*the definition of an existing table has changed/;
    const cli = cliOf(stage);
    const [first] = await cli.json<Report>('db-check', ['db', 'check']);
    expect(first).to.include({ ok: true, errors: 0, accounts: 0 });
    expect(codesOf(first)).to.include('definition_unknown').and.not.to.include('right_excessive');
    expect(await start()).not.to.match(warning);
    expect(codesOf((await cli.json<Report>('db-check', ['db', 'check']))[0])).not.to.include.oneOf([
      'definition_unknown',
      'definition_changed',
    ]);
    await stage.database.query('alter table readers add nickname varchar(40) null');
    expect(warning.exec(await start())?.[1]).to.equal('readers');
    const changed = (await cli.json<Report>('db-check', ['db', 'check']))[0]?.findings.filter(({ code }) => code === 'definition_changed');
    expect(changed?.map(({ table }) => table)).to.deep.equal(['readers']);
    await cli.done(['db', 'check', '--accept']);
    expect(codesOf((await cli.json<Report>('db-check', ['db', 'check']))[0])).not.to.include('definition_changed');
  });
});
