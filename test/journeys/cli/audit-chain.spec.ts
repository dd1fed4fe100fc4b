import { expect } from 'chai';
import { startServer } from '../../support/running-server.js';
import { logIn, registerSomeone } from '../support/phone.js';
import { seal, untilSealed } from '../support/seal.js';
import { serverStage } from '../support/server-stage.js';
import type { Stage } from '../support/stage.js';
import { stages } from '../support/stages.js';
import { checkedLines, cliOf } from './support/command-output.js';

interface ExportedRow {
  readonly id: number;
  readonly event: string;
  readonly actor: string;
  readonly outcome: string;
}

interface Report {
  readonly ok: boolean;
  readonly seals: number;
  readonly rows: number;
  readonly sealed_up_to: number;
  readonly pruned_up_to: number;
  readonly head: string;
  readonly fingerprint: number;
  readonly broken: { readonly fault: string } | null;
}

for (const { name, open } of stages) {
  describe(`The audit log on the command line, ${name}`, function () {
    this.timeout(300_000);
    let stage: Stage;
    before(async () => {
      stage = await open();
    });
    after(() => stage?.[Symbol.asyncDispose]());

    it('is sealed by a server, exported from a cursor, verified, and pruned', async () => {
      const cli = cliOf(stage);
      const verify = async () => (await cli.json<Report>('audit-verify', ['audit', 'verify']))[0] as Report;
      {
        await using server = await startServer({ env: stage.env, cwd: stage.cwd });
        const phone = await registerSomeone(server.url);
        await logIn(server.url, phone.email);
        await logIn(server.url, phone.email, 'wrong horse');
        await untilSealed(server, 3);
      }
      const all = checkedLines<ExportedRow>(await cli.done(['audit', 'export']), 'audit-export');
      expect(all.slice(-4).map(({ event, outcome }) => `${event} ${outcome}`)).to.deep.equal([
        'register success',
        'login success',
        'login failure',
        'audit_export success',
      ]);
      expect(all.at(-1)?.actor).to.equal('admin:tester');
      const cursor = String(all.at(-1)?.id);
      const next = checkedLines<ExportedRow>(await cli.done(['audit', 'export', '--since', cursor]), 'audit-export');
      expect(next.map(({ event }) => event)).to.deep.equal(['audit_export']);

      const report = await verify();
      expect(await cli.done(['audit', 'verify', '--expect', String(report.fingerprint)])).to.match(/as they were made/);
      expect(await cli.done(['audit', 'verify', '--expect', report.head.toUpperCase()])).to.include(`Head: ${report.head}, fingerprint`);
      for (const wrong of ['1', report.head.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'))]) {
        const other = await cli.run(['audit', 'verify', '--expect', wrong]);
        expect([other.exitCode, other.stderr]).to.satisfy(([code, text]: [number, string]) => code === 1 && /cut off/.test(text));
      }

      const pruned = await cli.json<{ deleted: number }>('audit-prune', ['audit', 'prune', '--before', '0s']);
      expect(pruned[0]?.deleted).to.equal(report.sealed_up_to);
      expect(await verify()).to.include({ ok: true, rows: 0, pruned_up_to: report.sealed_up_to });
      const left = checkedLines<ExportedRow>(await cli.done(['audit', 'export']), 'audit-export');
      expect(left.map(({ event }) => event)).to.deep.equal(['audit_export', 'audit_export', 'audit_export']);
    });

    it('takes no cursor, fingerprint or time that is none', async () => {
      const cli = cliOf(stage);
      for (const args of [['export', '--since', 'yesterday'], ['verify', '--expect', 'abc'], ['prune', '--before', 'soon'], ['prune']]) {
        expect((await cli.run(['audit', ...args])).exitCode, args.join(' ')).to.equal(2);
      }
      const { exitCode, stderr } = await cli.run(['audit', 'verify', '--expect', 'a'.repeat(63)]);
      expect([exitCode, stderr]).to.satisfy(([code, text]: [number, string]) => code === 2 && /64 hexadecimal digits/.test(text));
    });
  });
}

describe('The audit log after a manipulation', () => {
  it('is betrayed on the command line, by exit code, sentence and JSON', async function () {
    this.timeout(300_000);
    await using stage = await serverStage();
    const cli = cliOf(stage);
    {
      await using server = await startServer({ env: stage.env, cwd: stage.cwd });
      await registerSomeone(server.url);
    }
    await seal(stage.database.url);
    await stage.database.query(`update audit_logs set ip = '203.0.113.9'`);
    const { exitCode, stderr } = await cli.run(['audit', 'verify']);
    expect(exitCode).to.equal(1);
    expect(stderr).to.match(/^The audit log is not as it was sealed: seal 1, rows 1 to \d+: rows were changed\.\n$/);
    const json = await cli.run(['audit', 'verify', '--json']);
    expect(json.exitCode).to.equal(1);
    expect(checkedLines<Report>(json.stdout, 'audit-verify')[0]).to.deep.include({
      ok: false,
      broken: { fault: 'rows_changed', seal: 1, first_row: 1, last_row: 1 },
    });
    const kept = await cli.run(['audit', 'prune', '--before', '0s']);
    expect([kept.exitCode, /evidence/.test(kept.stderr)]).to.deep.equal([1, true]);
    expect(await stage.database.query('select id from audit_logs')).to.have.length(1);
  });
});
