import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { ConfigError } from '../../../hosts/config/config-error.js';
import { embeddedSecret } from '../../../hosts/config/embedded-secret.js';

const run = promisify(execFile);

describe('embeddedSecret', () => {
  let folder = '';
  let database = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'embedded-secret-'));
    database = join(folder, 'data', 'move-acces.db');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('creates 32 random bytes beside the database file, readable only by the owner, and keeps them', async () => {
    const first = await embeddedSecret(database);
    expect(first.reveal()).to.match(/^[0-9a-f]{64}$/);
    expect((await stat(`${database}.secret`)).mode & 0o777).to.equal(0o600);
    expect((await embeddedSecret(database)).reveal()).to.equal(first.reveal());
    expect(await readdir(join(folder, 'data'))).to.deep.equal(['move-acces.db.secret']);
    expect((await embeddedSecret(join(folder, 'other.db'))).reveal()).not.to.equal(first.reveal());
  });

  it('returns one secret to many concurrent callers', async () => {
    const secrets = await Promise.all(Array.from({ length: 30 }, () => embeddedSecret(database)));
    expect(new Set(secrets.map((secret) => secret.reveal())).size).to.equal(1);
    expect(await readdir(join(folder, 'data'))).to.deep.equal(['move-acces.db.secret']);
  });

  it('gives one secret to processes that start at once', async () => {
    const module = new URL('../../../hosts/config/embedded-secret.js', import.meta.url).href;
    const script = `const { embeddedSecret } = await import(${JSON.stringify(module)});
      await new Promise((resolve) => setTimeout(resolve, Number(process.env.AT) - Date.now()));
      process.stdout.write((await embeddedSecret(process.env.DATABASE)).reveal());`;
    const env = { ...process.env, DATABASE: database, AT: String(Date.now() + 700) };
    const prints = await Promise.all(
      Array.from({ length: 4 }, () => run(process.execPath, ['--input-type=module', '--eval', script], { env })),
    );
    const kept = (await readFile(`${database}.secret`, 'utf8')).trim();
    expect(prints.map(({ stdout }) => stdout)).to.deep.equal([kept, kept, kept, kept]);
  });

  it('warns of a file that other accounts can read', async () => {
    await embeddedSecret(database);
    await chmod(`${database}.secret`, 0o644);
    const warnings: string[] = [];
    await embeddedSecret(database, (message) => warnings.push(message));
    expect(warnings.join()).to.match(/mode 0644.*chmod 600/);
  });

  it('refuses a file that holds something else, without printing it', async () => {
    for (const content of ['', 'hunter2\n', 'hunter2'.repeat(10)]) {
      await rm(join(folder, 'x.db.secret'), { force: true });
      await writeFile(join(folder, 'x.db.secret'), content, { mode: 0o600 });
      const refusal: unknown = await embeddedSecret(join(folder, 'x.db')).catch((error: unknown) => error);
      expect(refusal)
        .to.be.instanceOf(ConfigError)
        .with.property('message')
        .that.matches(/^APP_SECRET: wants to be set: .*x\.db\.secret holds something else$/);
    }
  });

  it('requires APP_SECRET where no file can be created', async () => {
    await writeFile(join(folder, 'file'), '');
    const refusal: unknown = await embeddedSecret(join(folder, 'file', 'x.db')).catch((error: unknown) => error);
    expect(refusal)
      .to.be.instanceOf(ConfigError)
      .with.property('message')
      .that.matches(/^APP_SECRET: wants to be set: .*\(E[A-Z]+\)$/);
  });
});
