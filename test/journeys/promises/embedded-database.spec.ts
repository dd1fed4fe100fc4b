import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { holdsLock, listsLocks } from '../../support/file-locks.js';
import { runCommand } from '../../support/run-command.js';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { queryEmbedded } from '../../support/secrets/query-embedded.js';
import { seededNumbers } from '../../support/seeded-numbers.js';
import { sqliteShell } from '../../support/sqlite-shell.js';
import { embeddedStage } from '../support/embedded-stage.js';
import { logIn, phonePassword, registerSomeone } from '../support/phone.js';
import type { Stage } from '../support/stage.js';

describe('An embedded database', () => {
  let stage: Stage;
  let file: string;
  beforeEach(async () => {
    stage = await embeddedStage();
    file = join(stage.cwd, 'data/move-acces.db');
  });
  afterEach(() => stage[Symbol.asyncDispose]());

  const start = () => startServer({ env: stage.env, cwd: stage.cwd });

  async function expectLogins(emails: readonly string[]): Promise<void> {
    await using server = await start();
    for (const email of emails) expect((await logIn(server.url, email)).status, email).to.equal(200);
  }

  it('keeps every registration while other processes read, write and check it, and then the server is killed', async () => {
    await using server = await start();
    const emails: string[] = [];
    const register = async () => emails.push((await registerSomeone(server.url)).email);
    const journals = () => [`${file}-wal`, `${file}-shm`].map((path) => (existsSync(path) ? statSync(path).ino : null));
    await register();
    const before = journals();
    const others: Readonly<Record<string, () => Promise<unknown>>> = {
      reader: () => sqliteShell(file)('select count(*) from users'),
      writer: () => sqliteShell(file)("update users set telephone = '+33600000000'"),
      'db check': () => runCommand(['db', 'check'], stage),
    };
    for (const [name, use] of Object.entries(others)) {
      await use();
      expect(journals(), name).to.deep.equal(before);
      if (listsLocks) expect(holdsLock(server.pid, file), name).to.equal(true);
      await register();
    }
    await server.stop('SIGKILL');
    await expectLogins(emails);
  }).timeout(60_000);

  it('holds every registration that was answered 201, whenever the server is killed', async () => {
    const random = seededNumbers(1);
    const opened: string[] = [];
    for (let kills = 0; kills < 2; kills += 1) {
      await using server = await start();
      const clients = [1, 2, 3, 4].map((client) => registerUntilKilled(server, `kill-${kills}-${client}`, opened));
      const mark = opened.length + 4 + random() * 4;
      while (opened.length < mark) await delay(random() * 20);
      await server.stop('SIGKILL');
      await Promise.all(clients);
    }
    const stored = (await queryEmbedded(stage.cwd)('select email from users')) as { readonly email: string }[];
    expect(opened).to.have.length.greaterThan(8);
    expect(stored.map(({ email }) => email)).to.include.members(opened);
  }).timeout(60_000);
});

/** Adds to `opened` each address whose registration was answered 201. */
async function registerUntilKilled({ url }: RunningServer, name: string, opened: string[]): Promise<void> {
  for (let number = 1; ; number += 1) {
    const email = `${name}-${number}@example.org`;
    const answer = await fetch(`${url}/auth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: phonePassword }),
    }).catch(() => null);
    if (answer === null) return;
    if (answer.status === 201) opened.push(email);
  }
}
