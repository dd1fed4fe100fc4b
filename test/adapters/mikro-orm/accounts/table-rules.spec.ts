import { join } from 'node:path';
import { expect } from 'chai';
import type { Database } from '../../../../adapters/mikro-orm/open-database.js';
import { DatabaseFault } from '../../../../adapters/mikro-orm/sql/database-fault.js';
import { AuthError } from '../../../../core/domain/auth-error.js';
import { type UserId, userId } from '../../../../core/domain/ids.js';
import { openByFile, openByUrl } from '../../../contracts/support/open-test-database.js';
import { sqliteQuery } from '../../../contracts/support/sqlite-harness.js';
import { rejection, sampleUser, t0 } from '../../../kit/contracts/support/samples.js';
import { violationsOf } from '../../../support/refusal.js';
import { sharedDatabaseServer } from '../../../support/servers/shared-database.js';
import { temporaryTree } from '../../../support/temporary-tree.js';
import { fileRules, refusedPhone, serverRules, type TableRule } from '../../support/table-rules.js';

type Run = (sql: string, params?: unknown[]) => Promise<unknown[]>;

describe('A rule of the existing tables', () => {
  for (const { where, open, rules } of [
    { where: 'on a server', open: () => server(), rules: serverRules },
    { where: 'in a file', open: () => file(), rules: fileRules },
  ]) {
    describe(where, () => {
      for (const rule of rules) {
        it(`that is ${rule.what} refuses a row with the field where it is known, and keeps nothing of it`, async () => {
          await expectRefused(await open(), rule);
        });
      }
    });
  }

  describe('on a server', () => {
    it('that refuses a row for a column of no field refuses it without one, also where a counter is used up', async () => {
      const { database, run } = await server();
      await run('alter table users add login varchar(20) not null default "x"');
      await run('alter table users add unique key uq_login (login)');
      const fault = await refusal(database.unitOfWork.run(({ users }) => users.insert(sampleUser('new@example.org'))));
      expect(violationsOf(fault)).to.deep.equal([{ field: null, rule: 'values that the table of accounts takes', reason: 'taken' }]);
      await run('alter table users drop column login');
      await run("insert into users (id, email, prenom, nom) values (4294967295, 'last@example.org', '', '')");
      const full = await refusal(database.unitOfWork.run(({ users }) => users.insert(sampleUser('new@example.org'))));
      expect(violationsOf(full)[0]).to.include({ field: null });
      await run('delete from users where id = 4294967295');
      await run('alter table users auto_increment = 1000');
    });

    it('on the credentials refuses a new password and a new account for the password, and no login', async () => {
      const { database, run } = await server();
      const { stores, unitOfWork } = database;
      await run("insert into acces_app (user_id, mot_de_passe) values (1, 'old')");
      await run("alter table acces_app add constraint ck_old check (mot_de_passe = 'old')");
      await run(`create trigger no_login before update on acces_app for each row
        if not (new.derniere_connexion <=> old.derniere_connexion) then signal sqlstate '45000'; end if`);
      try {
        const credential = await stores.credentials.findByUser(userId(1));
        if (credential === null) throw new Error('no credential');
        expect(violationsOf(await refusal(stores.credentials.replace(credential, 'new')))[0]).to.include({ field: 'newPassword' });
        expect((await refusal(stores.credentials.recordLogin({ credential, at: t0, upgradedHash: 'new' }))).code).to.equal(
          'validation_failed',
        );
        expect(await stores.credentials.recordLogin({ credential, at: t0, upgradedHash: null })).to.equal(true);
        const register = unitOfWork.run(async ({ users, credentials }) => {
          const insertion = await users.insert(sampleUser('new@example.org'));
          if (insertion.kind === 'inserted') await credentials.add(insertion.user.id, 'new');
        });
        expect(violationsOf(await refusal(register))[0]).to.include({ field: 'password', reason: 'refused' });
        expect(await run("select 1 from users where email = 'new@example.org'")).to.deep.equal([]);
        expect(await run('select 1 from auth_email_claims')).to.deep.equal([]);
      } finally {
        await run('drop trigger no_login');
        await run('alter table acces_app drop constraint ck_old');
        await run('delete from acces_app');
      }
    });

    it('on the status refuses to disable an account', async () => {
      const { database, run } = await server();
      await run("alter table users add constraint ck_status check (statut = 'actif')");
      try {
        expect(violationsOf(await refusal(database.stores.users.setEnabled(userId(1), false)))[0]).to.include({ field: null });
      } finally {
        await run('alter table users drop constraint ck_status');
      }
      expect((await database.stores.users.find(userId(1)))?.isEnabled).to.equal(true);
    });
  });

  interface Place {
    readonly database: Database;
    readonly run: Run;
    readonly kind: 'mysql' | 'mariadb';
  }

  const opened = new AsyncDisposableStack();
  after(() => opened.disposeAsync());

  const prepared = async (place: Place): Promise<Place> => {
    await place.database.migrations.up();
    await place.run("insert into users (id, email, prenom, nom, telephone) values (1, 'zoe@example.org', 'Zoé', 'L', null)");
    return place;
  };
  const once = (make: () => Promise<Place>) => {
    let made: Promise<Place> | null = null;
    return () => (made ??= make());
  };
  const server = once(async () => {
    const { kind, createDatabase } = await sharedDatabaseServer();
    const test = opened.use(await createDatabase());
    await test.loadExistingSchema({ rows: false });
    return prepared({ database: opened.use(await openByUrl(test.url)), run: test.query, kind });
  });
  const file = once(async () => {
    const path = join(opened.use(temporaryTree({})).root, 'test.db');
    return prepared({ database: opened.use(await openByFile(path)), run: sqliteQuery(path), kind: 'mysql' });
  });

  async function expectRefused({ database, run, kind }: Place, { make, drop, fields, reason, codes }: TableRule): Promise<void> {
    const { stores, unitOfWork } = database;
    const zoe: UserId = userId(1);
    for (const statement of make) await run(statement);
    try {
      const before = await stores.users.find(zoe);
      const changed = await refusal(unitOfWork.run(({ users }) => users.updateProfile(zoe, { phone: refusedPhone })));
      const registered = await refusal(unitOfWork.run(({ users }) => users.insert(sampleUser('new@example.org', { phone: refusedPhone }))));
      expect([violationsOf(changed)[0]?.field, violationsOf(registered)[0]?.field]).to.deep.equal(fields);
      for (const refused of [changed, registered]) {
        const { code, cause } = refused;
        const [violation, ...others] = violationsOf(refused);
        expect([code, others.length, violation?.reason]).to.deep.equal(['validation_failed', 0, reason]);
        if (!(cause instanceof DatabaseFault)) throw new Error('no cause');
        expect(cause.code).to.match(new RegExp(`^${codes[kind === 'mysql' ? 0 : 1]}`));
        expect(cause.message).not.to.match(/secret|0666/);
      }
      expect(await stores.users.find(zoe)).to.deep.equal(before);
      expect(await run("select 1 from users where email = 'new@example.org'")).to.deep.equal([]);
      expect(await run('select 1 from auth_email_claims')).to.deep.equal([]);
    } finally {
      for (const statement of drop) await run(statement);
    }
  }
});

async function refusal(work: Promise<unknown>): Promise<AuthError> {
  const error = await rejection(work);
  if (!(error instanceof AuthError)) throw error;
  return error;
}
