import { expect } from 'chai';
import type { Database } from '../../../adapters/mikro-orm/open-database.js';
import { canonicalEmail, type EmailAddress } from '../../../core/domain/accounts/email-address.js';
import { auditEvent } from '../../../core/domain/audit/audit-event.js';
import type { Credential } from '../../../core/ports/accounts/credential-store.js';
import { existingHands } from '../../contracts/support/existing-hands.js';
import { isSomebodyWaiting } from '../../contracts/support/is-somebody-waiting.js';
import { openMigrated } from '../../contracts/support/migrated-database.js';
import { openByUrl } from '../../contracts/support/open-test-database.js';
import { statementsOf } from '../../contracts/support/statement-counts.js';
import { eventually } from '../../journeys/support/phone.js';
import { origin, sampleSession, t0 } from '../../kit/contracts/support/samples.js';
import { itInTime } from '../../support/it-in-time.js';
import { type DatabaseServer, startDatabaseServer } from '../../support/servers/database-server.js';
import type { TestDatabase } from '../../support/servers/test-database.js';

const passwordHash = '$argon2id$v=19$m=19456,t=2,p=1$x5hTSknJGSPkvBdCCKH0ng$gxsejy9AS1v+sj5UXb0HrA';
const emails = Array.from({ length: 12 }, (_, index) => canonicalEmail(`p${index}@example.org`));

describe('Logins of one moment', () => {
  let server: DatabaseServer;
  let test: TestDatabase;
  let database: Database;

  before(async () => {
    server = await startDatabaseServer();
    ({ test, database } = await openMigrated(server, { poolMax: 6 }));
    const { addUser } = existingHands((sql, params) => test.query(sql, params));
    for (const email of [...emails, 'rené@example.org']) await addUser({ email: ` ${email.toUpperCase()}`, passwordHash });
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

  it('look their credentials up in one question, in any spelling, and each finds his own', async () => {
    let found: readonly Credential[] = [];
    const spent = await statementsOf(test, async () => {
      found = await Promise.all([...emails, ...emails].map((email) => find(email)));
    });
    expect(found.map(({ userId }) => Number(userId))).to.deep.equal([...emails, ...emails].map((_, index) => (index % 12) + 1));
    expect(spent('select')).to.be.within(1, 3); // the clock of the database asks one now and then
  });

  it('look up what is in no list, and what nobody has, beside others', async () => {
    const asked = ['rené@example.org', 'rene@example.org', '東京@example.org', "x' or '1'='1"].map(canonicalEmail);
    const answers = await Promise.all([...emails, ...asked].map((email) => database.stores.credentials.findByEmail(email)));
    expect(answers.map(({ kind }) => kind)).to.deep.equal([...emails.map(() => 'found'), 'found', 'none', 'none', 'none']);
  });

  it('are noted and opened in few statements that end in one commit', async () => {
    const credentials = await Promise.all(emails.map((email) => find(email)));
    const sessions = credentials.map(({ userId }) => sampleSession(userId));
    const signIn = (credential: Credential, index: number) =>
      database.unitOfWork.run(
        async (stores) => {
          const isNoted = await stores.credentials.recordLogin({ credential, at: t0 + index * 1000, upgradedHash: null });
          const session = sessions[index];
          if (!isNoted || session === undefined) throw new Error('not noted');
          await stores.sessions.open(session);
          await stores.audit.record(auditEvent({ occurredAt: t0, event: 'login', outcome: 'success', origin, userId: credential.userId }));
        },
        { subject: credential.userId },
      );
    const spent = await statementsOf(test, () => Promise.all(credentials.map(signIn)));
    expect({ commit: spent('commit'), update: spent('update') }).to.deep.equal({ commit: 1, update: 12 });
    expect(spent('insert')).to.be.within(12 + 1, 12 + 2); // the rows of the audit log are put together elsewhere
    expect(spent('select')).to.be.at.most(2);
    const expected = emails.map((_, index) => new Date(t0 + index * 1000).toISOString().replace(/\.\d+/, ''));
    expect((await lastLogins()).slice(0, 12)).to.deep.equal(expected);
    for (const session of sessions) expect(await database.stores.sessions.find(session.id)).to.deep.equal(session);
  });

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
