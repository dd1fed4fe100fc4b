import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { runCommand } from '../../support/run-command.js';
import { startServer } from '../../support/running-server.js';
import { SecretLedger } from '../../support/secrets/secret-ledger.js';
import { usedSecrets } from '../../support/secrets/used-secrets.js';
import { embeddedStage } from '../support/embedded-stage.js';
import { registerSomeone } from '../support/phone.js';
import { serverStage } from '../support/server-stage.js';

/** The message of what it rejects with, of which a stage and a server may each have one; empty when it resolves. */
const complaint = async (work: () => PromiseLike<unknown>): Promise<string> => {
  try {
    await work();
    return '';
  } catch (error) {
    return error instanceof SuppressedError ? `${error.error.message}\n${error.suppressed.message}` : (error as Error).message;
  }
};

/** Calls this a secret for as long as it is in scope. */
function planted(value: string): Disposable & { readonly value: string } {
  usedSecrets.note(value);
  return { value, [Symbol.dispose]: () => usedSecrets.forget(value) };
}

const unheardOf = () => `Planted-${randomBytes(9).toString('hex')}`;

describe('The search for secrets that every stage ends with', () => {
  it('finds secrets in the audit log, on either database', async function () {
    this.timeout(60_000);
    for (const open of [serverStage, embeddedStage]) {
      using secret = planted(unheardOf());
      const stage = await open();
      await using server = await startServer({ ...stage });
      await fetch(`${server.url}/auth/login`, {
        method: 'POST',
        body: JSON.stringify({ email: 'nobody@example.org', password: 'wrong horse' }),
        headers: { 'content-type': 'application/json', 'user-agent': secret.value },
      });
      expect(await complaint(() => stage[Symbol.asyncDispose]())).to.match(/a secret that was used is in the audit log: .*user_agent/);
    }
  });

  it('finds secrets in a log, and in the metrics', async function () {
    this.timeout(60_000);
    await using stage = await embeddedStage();
    const ofLog = await startServer({ ...stage });
    const requestId = (await fetch(`${ofLog.url}/users/me`)).headers.get('x-request-id') ?? '';
    using _logged = planted(requestId);
    expect(await complaint(() => ofLog[Symbol.asyncDispose]())).to.match(/is in the log: .*requestId/s);
    usedSecrets.forget(requestId);
    const ofMetrics = await startServer({ ...stage });
    using _counted = planted('move_acces_build_info');
    expect(await complaint(() => ofMetrics[Symbol.asyncDispose]())).to.match(/is in the metrics: /);
  });

  it('finds secrets in Redis', async function () {
    this.timeout(60_000);
    using secret = planted(unheardOf());
    const stage = await serverStage();
    await using server = await startServer({ ...stage });
    const { user } = await registerSomeone(server.url);
    await runCommand(['events', 'publish', '--user', user.id, 'planted', JSON.stringify({ of: secret.value })], stage);
    expect(await complaint(() => stage[Symbol.asyncDispose]())).to.match(/is in Redis: /);
  });

  it('finds secrets in the output of a command', async () => {
    await using stage = await embeddedStage();
    using _printed = planted('accounts, tokens and live sessions');
    expect(await complaint(() => runCommand(['--help'], stage))).to.match(/is in what "--help" wrote: /);
  });

  it('finds hashes that only the tables contain', async function () {
    this.timeout(60_000);
    const stage = await embeddedStage();
    const server = await startServer({ ...stage });
    await registerSomeone(server.url);
    await server[Symbol.asyncDispose]();
    const database = new DatabaseSync(join(stage.cwd, 'data/move-acces.db'));
    database.exec(
      `update audit_logs set user_agent = (select mot_de_passe from acces_app order by id desc limit 1) where event = 'register'`,
    );
    database.close();
    expect(await complaint(() => stage[Symbol.asyncDispose]())).to.match(/is in the audit log: .*user_agent/);
  });
});

describe('SecretLedger', () => {
  it('finds a secret as it is and as JSON has it, a long one by its end, and is not fooled by common words', () => {
    const ledger = new SecretLedger();
    for (const secret of [
      'hunter-22',
      'a "quoted" one',
      'abcdefgh-ijklmnop-qrstuvwx',
      '12345678',
      'password',
      'aaaaaaaaaaaaaaaaaaaa',
      null,
    ])
      ledger.note(secret);
    expect(ledger.in('x hunter-22 y')).to.deep.equal(['x hunter-22 y']);
    expect(ledger.in(JSON.stringify({ text: 'a "quoted" one' }))).to.have.length(1);
    expect(ledger.in('cut: ijklmnop-qrstuvwx')).to.have.length(1);
    expect(ledger.in('password 12345678 aaaaaaaaaaaaaaaaaaaa hunter-2 abcdefgh-ijklmnop')).to.deep.equal([]);
    ledger.forget('hunter-22');
    expect(ledger.in('hunter-22')).to.deep.equal([]);
  });
});
