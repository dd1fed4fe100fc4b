import { join } from 'node:path';
import { expect } from 'chai';
import { MemoryLogger } from '../../../../adapters/memory/operations/memory-logger.js';
import { openDatabase } from '../../../../adapters/mikro-orm/open-database.js';
import { connectRedis } from '../../../../adapters/redis/connect-redis.js';
import { loadConfig } from '../../../../hosts/config/load-config.js';
import { databaseTarget, redisTarget } from '../../../../hosts/wiring/targets.js';
import { ownMigrations } from '../../../../migrations/all-migrations.js';
import { testSecret } from '../../../journeys/support/stage.js';
import { projectRoot } from '../../../support/project-root.js';
import { type DatabaseServer, startDatabaseServer } from '../../../support/servers/database-server.js';
import { freePort } from '../../../support/servers/free-port.js';
import { type RedisServer, startRedisServer } from '../../../support/servers/redis-server.js';
import type { TestDatabase } from '../../../support/servers/test-database.js';

/**
 * Made for these tests, valid until 2126: certificates for the names `localhost` and `db.example.org`, their authority, and an authority
 * that signed neither.
 */
const pem = (name: string) => join(projectRoot(), 'test/support/tls', `${name}.pem`);
const [trusted, other] = [pem('trusted-authority'), pem('other-authority')];

/** The TLS parameters of a URL, and whether a server with that certificate is accepted under the name `localhost`. */
const cases = [
  { query: `ssl_mode=verify_identity&ssl_ca=${trusted}`, isAccepted: true },
  { query: `ssl_mode=verify_ca&ssl_ca=${trusted}`, isAccepted: true },
  { query: `ssl_mode=required&ssl_ca=${trusted}`, isAccepted: true },
  { query: `ssl_mode=verify_identity&ssl_ca=${other}`, isAccepted: false },
  { query: `ssl_mode=verify_ca&ssl_ca=${other}`, isAccepted: false },
  { query: `ssl_mode=required&ssl_ca=${other}`, isAccepted: false },
  { query: 'ssl_mode=verify_identity', isAccepted: false },
  // As documented, and warned about at each start: it verifies nothing.
  { query: 'ssl_mode=required', isAccepted: true },
] as const;
const titleOf = (query: string) => query.replace(/ssl_ca=.*\//, 'ssl_ca=');

describe('A server behind TLS', function () {
  this.timeout(60_000);

  describe('that is the database', () => {
    const started = (certificate: string) =>
      startDatabaseServer({ extraArgs: [`--ssl-cert=${pem(certificate)}`, `--ssl-key=${pem('server-key')}`] });
    let server: DatabaseServer;
    let database: TestDatabase;
    before(async () => {
      server = await started('server');
      database = await server.createDatabase();
      await database.loadExistingSchema({ rows: false });
    });
    after(async () => {
      await database?.[Symbol.asyncDispose]();
      await server?.[Symbol.asyncDispose]();
    });

    const isAccepted = async ({ url }: TestDatabase, query: string): Promise<boolean> => {
      const env = { DB_URL: `${url.replace('127.0.0.1', 'localhost')}?${query}`, APP_SECRET: testSecret };
      const { config } = loadConfig({ env, cwd: '/', envFileText: '' });
      const options = { poolMax: 1, credentialWrites: 'auto', migrations: ownMigrations } as const;
      try {
        await using opened = await openDatabase({ target: databaseTarget(config), ...options });
        await opened.probe.check();
        return true;
      } catch {
        return false;
      }
    };

    for (const { query, isAccepted: expected } of cases) {
      it(`is ${expected ? 'accepted' : 'refused'} by ${titleOf(query)}`, async () => {
        expect(await isAccepted(database, query)).to.equal(expected);
      });
    }

    it('is refused under a name that is not in its certificate, unless names are not verified', async () => {
      await using elsewhere = await started('elsewhere');
      await using itsDatabase = await elsewhere.createDatabase();
      await itsDatabase.loadExistingSchema({ rows: false });
      expect(await isAccepted(itsDatabase, `ssl_mode=verify_identity&ssl_ca=${trusted}`)).to.equal(false);
      expect(await isAccepted(itsDatabase, `ssl_mode=verify_ca&ssl_ca=${trusted}`)).to.equal(true);
    });
  });

  describe('that is Redis', () => {
    let server: RedisServer;
    let port: number;
    before(async () => {
      port = await freePort();
      const files = ['--tls-cert-file', pem('server'), '--tls-key-file', pem('server-key'), '--tls-ca-cert-file', trusted];
      server = await startRedisServer({ extraArgs: ['--tls-port', String(port), ...files, '--tls-auth-clients', 'no'] });
    });
    after(async () => await server?.[Symbol.asyncDispose]());

    const isAccepted = async (host: string, query: string): Promise<boolean> => {
      const { config } = loadConfig({ env: { REDIS_URL: `rediss://${host}:${port}?${query}` }, cwd: '/', envFileText: '' });
      if (config.redis === null) throw new Error('there is no REDIS_URL');
      await using redis = await connectRedis({ target: redisTarget(config.redis), logger: new MemoryLogger() });
      return redis.client.status === 'ready';
    };

    for (const { query, isAccepted: expected } of cases) {
      it(`is ${expected ? 'accepted' : 'refused'} by ${titleOf(query)}`, async () => {
        expect(await isAccepted('localhost', query)).to.equal(expected);
      });
    }

    it('is refused under a name that is not in its certificate, unless names are not verified', async () => {
      expect(await isAccepted('127.0.0.1', `ssl_mode=verify_identity&ssl_ca=${trusted}`)).to.equal(false);
      expect(await isAccepted('127.0.0.1', `ssl_mode=verify_ca&ssl_ca=${trusted}`)).to.equal(true);
    });
  });
});
