import { statSync } from 'node:fs';
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

  it('keeps every account with a 201 response, whatever other processes do with it and whenever the server is killed', async () => {
    const random = seededNumbers(1);
    const opened: string[] = [];
    const others: Readonly<Record<string, () => Promise<unknown>>> = {
      reader: () => sqliteShell(file)('select count(*) from users'),
      writer: () => sqliteShell(file)("update users set telephone = '+33600000000'"),
      'db check': () => runCommand(['db', 'check'], stage),
    };
    const journals = () => [`${file}-wal`, `${file}-shm`].map((path) => statSync(path, { throwIfNoEntry: false })?.ino);
    for (const round of [1, 2]) {
      await using server = await startServer(stage);
      for (const email of opened.slice(0, 3)) expect((await logIn(server.url, email)).status, email).to.equal(200);
      const before = journals();
      for (const [name, use] of Object.entries(round === 1 ? others : {})) {
        opened.push((await registerSomeone(server.url)).email);
        await use();
        expect(journals(), name).to.deep.equal(before);
        if (listsLocks) expect(holdsLock(server.pid, file), name).to.equal(true);
      }
      const clients = [1, 2, 3].map((client) => registerUntilKilled(server, `round-${round}-${client}`, opened));
      const mark = opened.length + 4 + random() * 4;
      while (opened.length < mark) await delay(random() * 20);
      await server.stop('SIGKILL');
      await Promise.all(clients);
    }
    const stored = (await queryEmbedded(stage.cwd)('select email from users')) as { readonly email: string }[];
    expect(opened).to.have.length.greaterThan(10);
    expect(stored.map(({ email }) => email)).to.include.members(opened);
  }).timeout(60_000);
});

/** Adds to `opened` each address whose registration got 201. */
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
