import { expect } from 'chai';
import { ManualClock } from '../../../adapters/memory/manual-clock.js';
import { type Database, openDatabase } from '../../../adapters/mikro-orm/open-database.js';
import { HmacRefreshTokenCodec } from '../../../adapters/node-crypto/hmac-refresh-token-codec.js';
import { AuthError } from '../../../core/domain/auth-error.js';
import { type SessionId, sessionIdFrom, userId } from '../../../core/domain/ids.js';
import { noOrigin } from '../../../core/domain/origin.js';
import { newSession, type SessionPolicy } from '../../../core/domain/session.js';
import { RefreshSession } from '../../../core/usecases/refresh-session.js';
import { ownMigrations } from '../../../migrations/all-migrations.js';
import { targetOf } from '../../support/database-target.js';
import { seededNumbers } from '../../support/seeded-numbers.js';
import { bareRefreshPorts } from '../support/bare-refresh-ports.js';
import { type ServerStage, serverStage } from '../support/server-stage.js';
import { testSecret } from '../support/stage.js';

const minute = 60_000;
const hour = 60 * minute;
const policy: SessionPolicy = {
  accessTtlSeconds: 900,
  refreshTtlSeconds: 24 * 3600,
  sessionMaxSeconds: 90 * 86_400,
  replaySeconds: 60,
  endMaxAgeSeconds: 0,
};

describe('A week of a phone on a bad network', () => {
  let stage: ServerStage;
  let databases: readonly [Database, Database];
  before(async () => {
    stage = await serverStage();
    const open = () =>
      openDatabase({ target: targetOf(stage.database.url), poolMax: 4, credentialWrites: 'auto', migrations: ownMigrations });
    databases = [await open(), await open()];
  });
  after(async () => {
    for (const database of databases ?? []) await database[Symbol.asyncDispose]();
    await stage?.[Symbol.asyncDispose]();
  });

  for (const seed of [1, 2, 3, 5, 8, 13, 21, 34]) {
    it(`ends in no logout that the rules do not demand (seed ${seed})`, async function () {
      this.timeout(120_000);
      const random = seededNumbers(seed);
      const chance = (probability: number) => random() < probability;
      const clock = new ManualClock({ now: Date.UTC(2026, 10, 1) });
      const codec = new HmacRefreshTokenCodec({ current: testSecret, previous: [] });
      const servers = databases.map((database) => new RefreshSession(bareRefreshPorts({ database, clock, codec, policy })));
      const ask = (refreshToken: string) => {
        const server = servers[chance(0.5) ? 0 : 1] ?? servers[0];
        return server ? server.execute({ refreshToken, origin: noOrigin }) : Promise.reject(new Error('no server'));
      };
      const signIn = async (): Promise<{ id: SessionId; token: string }> => {
        const id = sessionIdFrom(
          clock.now(),
          Uint8Array.from({ length: 10 }, () => Math.floor(random() * 256)),
        );
        await databases[0].stores.sessions.open(
          newSession({ id, userId: userId(1), deviceName: 'phone', origin: noOrigin, now: clock.now() }, policy),
        );
        return { id, token: codec.seal({ sessionId: id, counter: 0 }) };
      };

      let { token } = await signIn();
      /** When the answer that the phone never got was made; null while it holds the newest token. */
      let lostAt: number | null = null;
      let lastRotationAt = clock.now();
      const counts = { rotated: 0, lost: 0, repeated: 0, demandedLogouts: 0 };
      const end = clock.now() + 7 * 24 * hour;
      while (clock.now() < end) {
        const isRetry = lostAt !== null;
        // a phone that got no answer tries again soon, or is put away for hours; else it refreshes when it is looked at
        clock.advance(Math.floor(isRetry ? (chance(0.8) ? random() * minute : random() * 5 * hour) : random() * 8 * hour));
        const isDemanded = isRetry && clock.now() - (lostAt ?? 0) > policy.replaySeconds * 1000;
        const isExpired = clock.now() >= lastRotationAt + policy.refreshTtlSeconds * 1000;
        const answers = await Promise.allSettled(chance(0.2) ? [ask(token), ask(token)] : [ask(token)]);
        const refused = answers.find((answer) => answer.status === 'rejected');
        if (refused) {
          expect(refused.reason).to.be.instanceOf(AuthError);
          expect(isDemanded || isExpired, `a logout that nothing demands: ${(refused.reason as AuthError).code}`).to.equal(true);
          counts.demandedLogouts++;
          ({ token } = await signIn());
          lostAt = null;
          lastRotationAt = clock.now();
          continue;
        }
        expect(isDemanded || isExpired, 'the rules demand a refusal').to.equal(false);
        const successors = new Set(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value.refreshToken : '')));
        expect(successors.size).to.equal(1);
        if (isRetry) counts.repeated++;
        else {
          counts.rotated++;
          lastRotationAt = clock.now();
        }
        // the answer is lost, or the app is killed before it has stored it
        if (chance(0.3)) {
          counts.lost++;
          lostAt ??= clock.now();
        } else {
          token = [...successors][0] ?? '';
          lostAt = null;
        }
      }
      expect(counts.rotated).to.be.greaterThan(20);
      expect(counts.repeated).to.be.greaterThan(3);
    });
  }
});
