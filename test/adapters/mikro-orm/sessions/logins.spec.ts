import { expect } from 'chai';
import type { Database } from '../../../../adapters/mikro-orm/open-database.js';
import { canonicalEmail, type EmailAddress } from '../../../../core/domain/accounts/email-address.js';
import type { Credential } from '../../../../core/ports/accounts/credential-store.js';
import { existingHands } from '../../../contracts/support/existing-hands.js';
import { openMigrated } from '../../../contracts/support/migrated-database.js';
import { openByUrl } from '../../../contracts/support/open-test-database.js';
import { eventually } from '../../../journeys/support/phone.js';
import { t0 } from '../../../kit/contracts/support/samples.js';
import { itInTime } from '../../../support/it-in-time.js';
import { type DatabaseServer, startDatabaseServer } from '../../../support/servers/database-server.js';
import type { TestDatabase } from '../../../support/servers/test-database.js';
import { isSomebodyWaiting } from '../../support/is-somebody-waiting.js';

const passwordHash = '$argon2id$v=19$m=19456,t=2,p=1$x5hTSknJGSPkvBdCCKH0ng$gxsejy9AS1v+sj5UXb0HrA';
const emails = ['p0@example.org', 'p1@example.org'].map(canonicalEmail);

describe('Logins', () => {
  let server: DatabaseServer;
  let test: TestDatabase;
  let database: Database;

  before(async () => {
    server = await startDatabaseServer();
    ({ test, database } = await openMigrated(server, { poolMax: 6 }));
    const { addUser } = existingHands((sql, params) => test.query(sql, params));
    for (const email of emails) await addUser({ email: ` ${email.toUpperCase()}`, passwordHash });
  });
  after(async () => {
    await database?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  const find = async (email: EmailAddress, { stores } = database): Promise<Credential> => {
    const lookup = await stores.credentials.findByEmail(email);
    if (lookup.kind !== 'found') throw new Error(lookup.kind);
    return lookup.credential;
  };
  const lastLogins = async () =>
    (
      (await test.query(`select date_format(derniere_connexion, '%Y-%m-%dT%H:%i:%sZ') as at from acces_app order by user_id`)) as {
        at: unknown;
      }[]
    ).map(({ at }) => at);

  for (const credentialWrites of ['table', 'overlay'] as const) {
    itInTime(`are not noted for a password that somebody is just replacing in the ${credentialWrites}`, async () => {
      await using writer = await openByUrl(test.url, { credentialWrites });
      const email = credentialWrites === 'table' ? canonicalEmail('p0@example.org') : canonicalEmail('p1@example.org');
      const judged = await find(email);
      const newHash = `${judged.passwordHash}x`;
      const login = { credential: judged, at: t0 + 3_600_000, upgradedHash: null };
      const { noted } = await writer.unitOfWork.run(async (stores) => {
        expect(await stores.credentials.replace(judged, newHash)).to.equal(true);
        const waiting = database.unitOfWork.run(({ credentials }) => credentials.recordLogin(login));
        await eventually(
          () => isSomebodyWaiting(test),
          (is) => is,
          900,
        );
        return { noted: waiting };
      });
      expect(await noted).to.equal(false);
      expect(await find(email)).to.include({ passwordHash: newHash });
      expect(await lastLogins()).not.to.include(new Date(login.at).toISOString().replace(/\.\d+/, ''));
    });
  }
});
