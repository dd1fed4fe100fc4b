import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Config } from '../../../hosts/config/config.js';
import { ConfigError } from '../../../hosts/config/config-error.js';
import { loadConfig } from '../../../hosts/config/load-config.js';

type Environment = Readonly<Record<string, string>>;

const load = (env: Environment, envFileText = ''): Config => loadConfig({ env, envFileText, cwd: '/srv/app' }).config;

function refusal(env: Environment, envFileText = ''): ConfigError {
  try {
    load(env, envFileText);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('expected a refusal');
}

describe('loadConfig', () => {
  it('needs nothing: an empty environment yields the documented defaults', () => {
    const { variables, ...config } = load({});
    expect(variables).to.have.length(39);
    expect(config).to.deep.equal({
      database: { kind: 'sqlite', file: '/srv/app/data/move-acces.db' },
      redis: null,
      secrets: { current: null, previous: [] },
      tokens: {
        accessTtlSeconds: 900,
        refreshTtlSeconds: 86_400,
        sessionMaxSeconds: 7_776_000,
        replaySeconds: 'unused',
        endMaxAgeSeconds: 0,
      },
      limits: {
        login: { limit: 5, windowSeconds: 60 },
        register: { limit: 100, windowSeconds: 300 },
        api: { limit: 100, windowSeconds: 300 },
        account: { limit: 10, windowSeconds: 900 },
      },
      http: {
        host: '127.0.0.1',
        port: 8000,
        wsPort: 8001,
        workers: 1,
        trustProxy: [],
        corsOrigins: [],
        docs: true,
        metricsToken: null,
        shutdownTimeoutSeconds: 10,
        keepAliveSeconds: 65,
        subscriptionPollSeconds: 15,
        maxSockets: 20_000,
        areQueryTokensTaken: true,
      },
      eventHistoryBytes: 16_777_216,
      hashing: { memoryKib: 19_456, timeCost: 2, parallelism: 1, concurrency: availableParallelism(), queue: 64 },
      passwordMinLength: 8,
      passwordBlocklist: 'builtin',
      schemaMapPath: null,
      credentialWrites: 'auto',
      dbPoolMax: 10,
      dbBatching: true,
      logLevel: 'info',
    });
  });

  it('limits registrations as other requests, unless they have a limit of their own', () => {
    expect(load({ API_RATE_LIMIT: '7/30' }).limits.register).to.deep.equal({ limit: 7, windowSeconds: 30 });
    const { limits } = load({ API_RATE_LIMIT: '7/30', REGISTER_RATE_LIMIT: '20/3600' });
    expect([limits.api, limits.register]).to.deep.equal([
      { limit: 7, windowSeconds: 30 },
      { limit: 20, windowSeconds: 3600 },
    ]);
  });

  it('prefers the environment to .env, and .env to the default', () => {
    const { http } = load({ PORT: '9001' }, 'PORT=9002\nWS_PORT=9003\n');
    expect([http.port, http.wsPort, http.host]).to.deep.equal([9001, 9003, '127.0.0.1']);
  });

  it('takes an empty or blank text for unset', () => {
    expect(load({ PORT: '', HOST: '  ', REDIS_URL: '', DB_URL: '', APP_SECRET: '' }, 'PORT=9002\nHOST=\n').http).to.include({
      port: 9002,
      host: '127.0.0.1',
    });
  });

  it('reads the .env of the working folder, and does without one', () => {
    const folder = mkdtempSync(join(tmpdir(), 'config-'));
    try {
      expect(loadConfig({ env: {}, cwd: folder }).config.http.port).to.equal(8000);
      writeFileSync(join(folder, '.env'), 'PORT=8123\nDB_URL=sqlite:./x.db\n');
      const { config } = loadConfig({ env: {}, cwd: folder });
      expect(config.http.port).to.equal(8123);
      expect(config.database).to.deep.equal({ kind: 'sqlite', file: join(folder, 'x.db') });
      expect(process.env).not.to.have.property('DB_URL');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('reads an .env as a Python backend has it', () => {
    const config = load(
      {},
      [
        '# database',
        'DB_USER=app',
        `DB_URL=mysql+asyncmy://\${DB_USER}:p%40s#s@db.local:3307/prod?charset=utf8mb4`,
        `export app_secret="${randomBytes(32).toString('hex')}"  # rotated in May`,
        "REDIS_URL='redis://127.0.0.1:6379/0'",
        'ACCESS_TOKEN_TTL_MIN = 1_0 ',
        'DOCS=False',
        'LOG_LEVEL=WARNING',
        'CORS_ORIGINS=["https://a.example.com", "https://b.example.com"]',
        'SENTRY_DSN=https://x@sentry.example/1',
      ].join('\r\n'),
    );
    expect(config.database).to.deep.include({ kind: 'mysql', host: 'db.local', port: 3307, user: 'app', database: 'prod' });
    expect(config.database.kind === 'mysql' && config.database.password.reveal()).to.equal('p@s#s');
    expect(config.secrets.current?.reveal()).to.match(/^[0-9a-f]{64}$/);
    expect(config.redis).to.deep.include({ kind: 'single', host: '127.0.0.1', port: 6379, db: 0 });
    expect(config.tokens.accessTtlSeconds).to.equal(600);
    expect(config.http.docs).to.equal(false);
    expect(config.logLevel).to.equal('warn');
    expect(config.http.corsOrigins).to.deep.equal(['https://a.example.com', 'https://b.example.com']);
  });

  it('freezes the whole tree', () => {
    const config = load({
      CORS_ORIGINS: 'https://a.example',
      REDIS_URL: 'redis-cluster://h1,h2',
      METRICS_TOKEN: randomBytes(16).toString('hex'),
    });
    const branches: unknown[] = [config];
    for (const branch of branches) {
      expect(Object.isFrozen(branch)).to.equal(true);
      if (typeof branch === 'object' && branch !== null) branches.push(...Object.values(branch));
    }
    expect(branches).to.have.length.above(100);
  });

  it('reports every problem at once, a line each, in the order of the table', () => {
    const { message, problems } = refusal({
      PORT: 'http',
      DB_URL: 'postgres://u:hunter2@h/db',
      APP_SECRET: 'short',
      LOG_LEVEL: 'loud',
    });
    expect(problems.map(({ variable }) => variable)).to.deep.equal(['DB_URL', 'APP_SECRET', 'PORT', 'LOG_LEVEL']);
    expect(message.split('\n')).to.deep.equal([
      'DB_URL: wants mysql://user:password@host:3306/database, mariadb://…, mysql+asyncmy://… or sqlite:./file.db',
      'APP_SECRET: wants at least 32 bytes that are random, as 64 hex digits or 43 base64 characters: move-acces secret generate or openssl rand -hex 32 makes one',
      'PORT: wants a whole number from 0 to 65535; it is "http"',
      'LOG_LEVEL: wants one of trace, debug, info, warn, error, fatal, silent; it is "loud"',
    ]);
  });

  it('never repeats a text that is or may contain a secret', () => {
    const { message } = refusal({
      DB_URL: 'mysql://hunter2:hunter2@hunter2:hunter2/hunter2?ssl_hunter2=hunter2',
      REDIS_URL: 'redis://hunter2@h:hunter2',
      APP_SECRET: 'hunter2',
      APP_SECRET_PREVIOUS: 'hunter2,hunter2',
      METRICS_TOKEN: 'hunter2 hunter2',
      CORS_ORIGINS: 'https://u:hunter2@h',
    });
    expect(message.split('\n')).to.have.length(6);
    expect(message).not.to.contain('hunter2');
  });

  it('shows any other value cut short and without characters that could steer a terminal', () => {
    const { message } = refusal({ PORT: `8\u001b[2J\n"\u202e${'9'.repeat(100)}` });
    expect(message).to.equal(`PORT: wants a whole number from 0 to 65535; it is "8\\u{1b}[2J\\u{a}\\"\\u{202e}${'9'.repeat(32)}…"`);
  });

  it('wants a secret with MySQL', () => {
    const [first, second] = refusal({ DB_URL: 'mysql://u:p@h/db', PORT: 'x' }).message.split('\n');
    expect(first).to.match(/^APP_SECRET: wants at least 32 random bytes when DB_URL is MySQL/);
    expect(second).to.match(/^PORT: /);
  });

  it('hands the warnings over with a refusal, since a misspelt name may be its cause', () => {
    const { warnings } = refusal({ DB_URL: 'mysql://u:p@h/db', JWT_SECRET: 'x' });
    expect(warnings).to.deep.equal(['JWT_SECRET is not read, did you mean APP_SECRET?']);
  });

  it('refuses a session that ends before its refresh token', () => {
    expect(refusal({ SESSION_MAX_DAYS: '1', REFRESH_TOKEN_TTL_HOURS: '25' }).message).to.equal(
      'SESSION_MAX_DAYS: wants at least 2, so that a session outlives its refresh token of REFRESH_TOKEN_TTL_HOURS=25',
    );
    expect(load({ SESSION_MAX_DAYS: '1', REFRESH_TOKEN_TTL_HOURS: '24' }).tokens.sessionMaxSeconds).to.equal(86_400);
  });

  it('rejects several workers where they could not share their state', () => {
    const server = { DB_URL: 'mysql://u:p@h/db', APP_SECRET: randomBytes(32).toString('hex') };
    expect(refusal({ ...server, WORKERS: '2' }).message).to.match(/^WORKERS: wants REDIS_URL when it is more than 1/);
    expect(refusal({ WORKERS: '2', REDIS_URL: 'redis://h' }).message).to.match(/^WORKERS: wants MySQL or MariaDB in DB_URL/);
    expect(load({ ...server, WORKERS: '2', REDIS_URL: 'redis://h' }).http.workers).to.equal(2);
    expect(load({ WORKERS: '1' }).http.workers).to.equal(1);
  });

  it('refuses Argon2 below the OWASP floor, and accepts each of its pairs', () => {
    const pairs = { 47104: '1', 19456: '2', 12288: '3', 9216: '4', 7168: '5' };
    for (const [memory, time] of Object.entries(pairs)) {
      const env = { ARGON2_MEMORY_KIB: memory, ARGON2_TIME_COST: time };
      expect(load(env).hashing).to.include({ memoryKib: Number(memory), timeCost: Number(time) });
      const below = refusal({ ...env, ARGON2_MEMORY_KIB: String(Number(memory) - 1) });
      expect(below.message).to.equal(`ARGON2_MEMORY_KIB: wants at least ${memory} with ARGON2_TIME_COST=${time} (OWASP floor)`);
    }
    expect(refusal({ ARGON2_TIME_COST: '1' }).message).to.equal(
      'ARGON2_TIME_COST: wants at least 2 with ARGON2_MEMORY_KIB=19456 (OWASP floor)',
    );
    expect(refusal({ ARGON2_MEMORY_KIB: '64', ARGON2_TIME_COST: '100' }).message).to.match(/^ARGON2_MEMORY_KIB: wants at least 7168/);
  });

  it('names .env when it is there but cannot be read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'config-'));
    try {
      expect(() => loadConfig({ env: {}, cwd: join(folder, 'nowhere') })).not.to.throw();
      writeFileSync(join(folder, 'file'), '');
      expect(() => loadConfig({ env: {}, cwd: join(folder, 'file') })).to.throw(ConfigError, /^\.env: wants to be a readable text file/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
