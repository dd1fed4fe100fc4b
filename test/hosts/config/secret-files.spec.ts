import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ConfigError } from '../../../hosts/config/config-error.js';
import { describeConfig } from '../../../hosts/config/describe-config.js';
import { type LoadConfigOptions, loadConfig } from '../../../hosts/config/load-config.js';

type Environment = NonNullable<LoadConfigOptions['env']>;

describe('A secret in a file', () => {
  const secret = randomBytes(32).toString('hex');
  let cwd = '';
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'secret-files-'));
  });
  afterEach(() => rmSync(cwd, { recursive: true }));

  const write = (name: string, text: string, mode = 0o600) => {
    writeFileSync(join(cwd, name), text);
    chmodSync(join(cwd, name), mode);
  };
  const load = (env: Environment, envFileText = '') => loadConfig({ env, cwd, envFileText });
  const refusal = (env: Environment, envFileText = ''): string => {
    try {
      load(env, envFileText);
    } catch (error) {
      if (error instanceof ConfigError) return error.message;
      throw error;
    }
    throw new Error('expected a refusal');
  };

  it('is read for every secret variable, without the end of its line, and shown as coming from a file', () => {
    const texts = {
      DB_URL: 'mysql://u:hunter2@h/db',
      REDIS_URL: 'redis://:hunter2@r',
      APP_SECRET: secret,
      APP_SECRET_PREVIOUS: randomBytes(32).toString('hex'),
      METRICS_TOKEN: randomBytes(16).toString('hex'),
    };
    for (const [name, text] of Object.entries(texts)) write(name, `\uFEFF${text}\r\n`);
    const env = Object.fromEntries(Object.keys(texts).map((name) => [`${name}_FILE`, name === 'DB_URL' ? join(cwd, name) : `./${name}`]));
    const { config, warnings, files } = load(env);
    expect(config.secrets.current?.reveal()).to.equal(secret);
    expect(config.secrets.previous.map((each) => each.reveal())).to.deep.equal([texts.APP_SECRET_PREVIOUS]);
    expect(config.http.metricsToken?.reveal()).to.equal(texts.METRICS_TOKEN);
    expect(config.database.kind === 'mysql' && config.database.password.reveal()).to.equal('hunter2');
    expect(config.redis).to.include({ host: 'r' });
    expect(warnings).to.deep.equal([]);
    expect(files.secretFileTexts).to.deep.equal(texts);
    const rows = describeConfig(config).filter(({ origin }) => origin === 'file');
    expect(rows.map(({ variable }) => variable)).to.have.members(Object.keys(texts));
    expect(rows.find(({ variable }) => variable === 'APP_SECRET')?.value).to.equal('[secret]');
  });

  it('may be named in .env, also in lower case', () => {
    write('secret.txt', secret);
    expect(load({}, 'app_secret_file=secret.txt\n').config.secrets.current?.reveal()).to.equal(secret);
    expect(load({ APP_SECRET_FILE: '' }, '').config.secrets.current).to.equal(null);
  });

  it('is not read where its text is given: a later worker has the text that the first process read', () => {
    write('secret.txt', secret);
    const { files } = load({ APP_SECRET_FILE: 'secret.txt' });
    rmSync(join(cwd, 'secret.txt'));
    expect(loadConfig({ env: { APP_SECRET_FILE: 'secret.txt' }, cwd, ...files }).config.secrets.current?.reveal()).to.equal(secret);
  });

  it('is refused beside the variable itself, wherever the two stand', () => {
    write('secret.txt', secret);
    const message = 'APP_SECRET_FILE: wants to be unset where APP_SECRET is set: only one of the two can hold';
    expect(refusal({ APP_SECRET: secret, APP_SECRET_FILE: 'secret.txt' })).to.equal(message);
    expect(refusal({ APP_SECRET_FILE: 'secret.txt' }, `APP_SECRET=${secret}`)).to.equal(message);
  });

  it('is one problem with one line where it cannot be used, without the path, which may be the secret itself', () => {
    write('empty', '\n');
    write('lines', `${secret}\n${secret}\n`);
    mkdirSync(join(cwd, 'folder'));
    write('large', 'x'.repeat(70_000));
    const reasons = {
      nowhere: /^APP_SECRET_FILE: wants the path of a file that can be read \(ENOENT\)$/,
      empty: /^APP_SECRET_FILE: wants the path of a file that is not empty$/,
      lines: /^APP_SECRET_FILE: wants the path of a text file with one line$/,
      folder: /^APP_SECRET_FILE: wants the path of a text file of at most 65536 bytes$/,
      large: /^APP_SECRET_FILE: wants the path of a text file of at most 65536 bytes$/,
      [secret]: /^APP_SECRET_FILE: wants the path of a file that can be read \(ENOENT\)$/,
    };
    for (const [file, reason] of Object.entries(reasons)) {
      expect(refusal({ DB_URL: 'mysql://u:p@h/db', APP_SECRET_FILE: file }), file).to.match(reason);
    }
  });

  it('is judged as the variable is, under the name that was set', () => {
    write('weak', 'hunter2');
    write('url', 'postgres://u:hunter2@h/db');
    const lines = refusal({ APP_SECRET_FILE: 'weak', DB_URL_FILE: 'url' }).split('\n');
    expect(lines).to.have.length(2);
    expect(lines[0]).to.match(/^DB_URL_FILE: wants mysql:/);
    expect(lines[1]).to.match(/^APP_SECRET_FILE: wants at least 32 bytes that are random/);
    expect(lines.join()).not.to.include('hunter2');
  });

  it('is reported by a warning where other accounts may read its file', function () {
    if (process.platform === 'win32') this.skip(); // files have no such mode there
    for (const [mode, isWarned] of [
      [0o644, true],
      [0o602, true],
      [0o640, false],
      [0o600, false],
    ] as const) {
      write('secret.txt', secret, mode);
      const { warnings } = load({ APP_SECRET_FILE: 'secret.txt' });
      const line = `the file of APP_SECRET_FILE has mode 0${mode.toString(8)}: others may read the secret in it; chmod 600 it`;
      expect(warnings, line).to.deep.equal(isWarned ? [line] : []);
    }
  });

  it('is reported by a warning where other accounts may read .env, and .env holds a secret or names its file', function () {
    if (process.platform === 'win32') this.skip(); // files have no such mode there
    const warningsFor = (text: string, mode: number) => {
      write('.env', text, mode);
      return loadConfig({ env: {}, cwd }).warnings;
    };
    expect(warningsFor(`APP_SECRET=${secret}\n`, 0o644)).to.deep.equal([
      `${join(cwd, '.env')} has mode 0644: others may read the secrets in it; chmod 600 it`,
    ]);
    expect(warningsFor(`APP_SECRET=${secret}\n`, 0o600)).to.deep.equal([]);
    expect(warningsFor('PORT=8123\n', 0o644)).to.deep.equal([]);
  });
});
