import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { apiClient } from '../../support/api-client.js';
import { itInTime } from '../../support/it-in-time.js';
import { runCommand } from '../../support/run-command.js';
import { startServer } from '../../support/running-server.js';
import { sharedDatabaseServer } from '../../support/servers/shared-database.js';
import { serverStage } from '../support/server-stage.js';
import { testSecret } from '../support/stage.js';

describe('The environment', () => {
  let cwd: string;
  before(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'move-acces-'));
  });
  after(() => rm(cwd, { recursive: true, force: true }));

  const wrong: readonly [string, Record<string, string>, RegExp][] = [
    ['a secret that is too short', { DB_URL: 'mysql://u:hunter2@127.0.0.1/x', APP_SECRET: 'short-and-secret' }, /^APP_SECRET: .*32 bytes/m],
    ['no secret with MySQL', { DB_URL: 'mysql://u:hunter2@127.0.0.1/x' }, /^APP_SECRET: /m],
    [
      'a placeholder for a secret',
      { DB_URL: 'mysql://u:hunter2@127.0.0.1/x', APP_SECRET: 'change-me-change-me-change-me-change-me' },
      /^APP_SECRET: /m,
    ],
    [
      'a typed secret',
      { APP_SECRET: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f' },
      /^APP_SECRET: .*secret generate/m,
    ],
    ['a metrics token that is too short', { METRICS_TOKEN: 'hunter2' }, /^METRICS_TOKEN: wants at least 22 random characters/m],
    ['a database of a kind unknown', { DB_URL: 'postgres://u:hunter2@127.0.0.1/x' }, /^DB_URL: /m],
    ['a limit that is no limit', { LOGIN_RATE_LIMIT: 'many' }, /^LOGIN_RATE_LIMIT: /m],
    ['Argon2 below the floor', { ARGON2_MEMORY_KIB: '1024' }, /^ARGON2_MEMORY_KIB: /m],
    ['a port that is none', { PORT: 'http' }, /^PORT: /m],
  ];
  for (const [what, env, line] of wrong) {
    itInTime(`stops the start within 5 s for ${what}, in one line that names the variable and contains no secret`, async () => {
      const startedAt = Date.now();
      const { exitCode, stderr, stdout } = await runCommand(['serve', 'rest'], { env: { PORT: '0', ...env }, cwd });
      expect(exitCode).to.equal(1);
      expect(stderr).to.match(line);
      expect(stderr.trim().split('\n')).to.have.lengthOf(1);
      expect(Date.now() - startedAt).to.be.below(5000);
      expect(stdout + stderr).not.to.match(/hunter2|short-and-secret/);
    });
  }

  it('is read from the .env of the FastAPI backend as it is', async () => {
    await using stage = await serverStage();
    const { port } = await sharedDatabaseServer();
    const { username, password, pathname } = new URL(stage.database.url);
    const lines = [
      '# FastAPI settings',
      `DB_URL="mysql+asyncmy://${username}:${password}@127.0.0.1:${port}${pathname}?charset=utf8mb4"`,
      `export APP_SECRET='${testSecret}'`,
      `REDIS_URL=${stage.env['REDIS_URL']}`,
      'ACCESS_TOKEN_TTL_MIN=20 # minutes',
      'UVICORN_WORKERS=4',
      '',
    ];
    await writeFile(join(stage.cwd, '.env'), lines.join('\n'));
    await using server = await startServer({ cwd: stage.cwd });
    const login = await apiClient(server.url).request('POST', '/auth/login', {
      body: { email: 'alice.martin@example.org', password: 'Bienvenue-2024!' },
    });
    expect(login.status).to.equal(200);
    expect(login.body.expires_in).to.equal(1200);
  });

  it('refuses to serve MySQL with migrations pending, explains what to do, and does it with --migrate', async () => {
    const server = await sharedDatabaseServer();
    await using database = await server.createDatabase();
    await database.loadExistingSchema({ rows: true });
    const env = { DB_URL: database.url, APP_SECRET: testSecret, PORT: '0' };
    const refused = await runCommand(['serve', 'rest'], { env, cwd });
    expect(refused.exitCode).to.equal(1);
    expect(refused.stderr).to.match(/db migrate/);
    await using running = await startServer({ env, args: ['serve', 'rest', '--migrate'], cwd });
    expect((await fetch(`${running.url}/readyz`)).status).to.equal(200);
  });

  it('reports in one sentence that the database cannot be reached', async () => {
    const env = { DB_URL: 'mysql://u:hunter2@127.0.0.1:1/x', APP_SECRET: testSecret };
    const { exitCode, stderr } = await runCommand(['db', 'migrate'], { env, cwd });
    expect(exitCode).to.equal(1);
    expect(stderr.trim().split('\n')).to.have.lengthOf(1);
    expect(stderr).not.to.match(/hunter2/);
  });
});
