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

type Run = (sql: string, params?: unknown[]) => Promise<unknown[]>;

/** A rule of the tables that belong to others, as it is made and taken away. */
interface TableRule {
  readonly what: string;
  readonly make: readonly string[];
  readonly drop: readonly string[];
  /** The field that a change of the phone alone, and a registration, are refused for; null where it is not known. */
  readonly fields: readonly [ofChange: string | null, ofRegistration: string | null];
  readonly reason: 'taken' | 'refused' | undefined;
  /** The driver's name of it: MySQL's, MariaDB's. */
  readonly codes: readonly [mysql: string, mariadb: string];
}

const refusedPhone = '+33600000666';

const serverRules: readonly TableRule[] = [
  {
    what: 'a CHECK constraint',
    make: [`alter table users add constraint ck_people check (length(telephone) < 40 and telephone <> '${refusedPhone}')`],
    drop: ['alter table users drop constraint ck_people'],
    fields: ['phone', 'phone'],
    reason: 'refused',
    codes: ['ER_CHECK_CONSTRAINT_VIOLATED', 'ER_CONSTRAINT_FAILED'],
  },
  {
    what: 'a unique key on the phone',
    make: [
      `insert into users (id, email, prenom, nom, telephone) values (99, 'taken@example.org', '', '', '${refusedPhone}')`,
      'alter table users add unique key `a.key` (telephone)',
    ],
    drop: ['alter table users drop key `a.key`', 'delete from users where id = 99'],
    fields: ['phone', 'phone'],
    reason: 'taken',
    codes: ['ER_DUP_ENTRY', 'ER_DUP_ENTRY'],
  },
  {
    what: 'a unique key on what is generated from the phone',
    make: [
      `insert into users (id, email, prenom, nom, telephone) values (99, 'taken@example.org', '', '', '${refusedPhone}')`,
      "alter table users add digits varchar(32) generated always as (replace(telephone, '+', '')) stored, add unique key uq_digits (digits)",
    ],
    drop: ['alter table users drop key uq_digits, drop column digits', 'delete from users where id = 99'],
    fields: ['phone', 'phone'],
    reason: 'taken',
    codes: ['ER_DUP_ENTRY', 'ER_DUP_ENTRY'],
  },
  {
    what: 'a trigger that signals',
    make: [
      `create trigger no_insert before insert on users for each row if new.telephone = '${refusedPhone}' then signal sqlstate '45000' set message_text = 'secret ${refusedPhone}'; end if`,
      `create trigger no_update before update on users for each row if new.telephone = '${refusedPhone}' then signal sqlstate '45000' set mysql_errno = 30001, message_text = 'secret'; end if`,
    ],
    drop: ['drop trigger no_insert', 'drop trigger no_update'],
    fields: ['phone', null],
    reason: 'refused',
    codes: ['ER_', 'ER_'],
  },
  {
    what: 'a foreign key',
    make: [
      'create table phones (number varchar(32) primary key)',
      'alter table users add constraint fk_phone foreign key (telephone) references phones (number)',
    ],
    drop: ['alter table users drop foreign key fk_phone', 'alter table users drop key fk_phone', 'drop table phones'],
    fields: ['phone', 'phone'],
    reason: 'refused',
    codes: ['ER_NO_REFERENCED_ROW_2', 'ER_NO_REFERENCED_ROW_2'],
  },
  {
    what: 'a list of values',
    make: ["alter table users modify telephone enum('1', '2') null"],
    drop: ['alter table users modify telephone varchar(32) null'],
    fields: ['phone', 'phone'],
    reason: undefined,
    codes: ['WARN_DATA_TRUNCATED', 'WARN_DATA_TRUNCATED'],
  },
  {
    what: 'a number for the phone',
    make: ['alter table users modify telephone tinyint null'],
    drop: ['alter table users modify telephone varchar(32) null'],
    fields: ['phone', 'phone'],
    reason: undefined,
    codes: ['ER_WARN_DATA_OUT_OF_RANGE', 'ER_WARN_DATA_OUT_OF_RANGE'],
  },
  {
    what: 'a generated column',
    make: ['alter table users drop telephone', "alter table users add telephone varchar(32) generated always as ('1') virtual after nom"],
    drop: ['alter table users drop telephone', 'alter table users add telephone varchar(32) null after nom'],
    fields: ['phone', 'phone'],
    reason: 'refused',
    codes: ['ER_NON_DEFAULT_VALUE_FOR_GENERATED_COLUMN', 'ER_WARNING_NON_DEFAULT_VALUE_FOR_GENERATED_COLUMN'],
  },
  {
    what: 'a trigger that empties a column',
    make: [
      'create trigger no_insert before insert on users for each row set new.nom = null',
      'create trigger no_update before update on users for each row set new.nom = null',
    ],
    drop: ['drop trigger no_insert', 'drop trigger no_update'],
    fields: ['phone', 'lastName'],
    reason: 'refused',
    codes: ['ER_BAD_NULL_ERROR', 'ER_BAD_NULL_ERROR'],
  },
  {
    what: 'a CHECK of the column itself',
    make: [`alter table users modify telephone varchar(32) null check (telephone <> '${refusedPhone}')`],
    drop: [], // by a statement that each server has its own of: it comes last
    fields: ['phone', 'phone'],
    reason: 'refused',
    codes: ['ER_CHECK_CONSTRAINT_VIOLATED', 'ER_CONSTRAINT_FAILED'],
  },
];

const fileRules: readonly TableRule[] = [
  {
    what: 'a unique index on the phone',
    make: [
      `insert into users (id, email, prenom, nom, telephone) values (99, 'taken@example.org', '', '', '${refusedPhone}')`,
      'create unique index uq_phone on users (telephone)',
    ],
    drop: ['drop index uq_phone', 'delete from users where id = 99'],
    fields: ['phone', 'phone'],
    reason: 'taken',
    codes: ['SQLITE_2067', 'SQLITE_2067'],
  },
  {
    what: 'a unique index on an expression of the phone',
    make: [
      `insert into users (id, email, prenom, nom, telephone) values (99, 'taken@example.org', '', '', '${refusedPhone}')`,
      "create unique index uq_phone on users (replace(telephone, '+', ''))",
    ],
    drop: ['drop index uq_phone', 'delete from users where id = 99'],
    fields: ['phone', 'phone'],
    reason: 'taken',
    codes: ['SQLITE_2067', 'SQLITE_2067'],
  },
  {
    what: 'a trigger that raises',
    make: [
      `create trigger no_insert before insert on users when new.telephone = '${refusedPhone}' begin select raise(abort, 'secret'); end`,
      `create trigger no_update before update on users when new.telephone = '${refusedPhone}' begin select raise(abort, 'secret'); end`,
    ],
    drop: ['drop trigger no_insert', 'drop trigger no_update'],
    fields: ['phone', null],
    reason: 'refused',
    codes: ['SQLITE_1811', 'SQLITE_1811'],
  },
  {
    what: 'a column with CHECK constraints',
    make: [`alter table users add extra text check (length(telephone) < 40 and telephone <> '${refusedPhone}')`],
    drop: ['alter table users drop column extra'],
    fields: ['phone', 'phone'],
    reason: 'refused',
    codes: ['SQLITE_275', 'SQLITE_275'],
  },
  {
    what: 'a named CHECK constraint',
    make: [`alter table users add extra text constraint "ck people" check (length(telephone) < 40 and telephone <> '${refusedPhone}')`],
    drop: ['alter table users drop column extra'],
    fields: ['phone', 'phone'],
    reason: 'refused',
    codes: ['SQLITE_275', 'SQLITE_275'],
  },
  {
    what: 'a foreign key',
    make: [
      'create table phones (number text primary key)',
      'alter table users add extra text references phones (number) default null',
      "create trigger set_extra after update on users when new.telephone is not null begin update users set extra = 'x' where id = new.id; end",
      "create trigger make_extra after insert on users begin update users set extra = 'x' where id = new.id; end",
    ],
    drop: ['drop trigger set_extra', 'drop trigger make_extra', 'alter table users drop column extra', 'drop table phones'],
    fields: ['phone', null],
    reason: 'refused',
    codes: ['SQLITE_787', 'SQLITE_787'],
  },
];

describe('A rule of the existing tables', () => {
  describe('on a server', () => {
    for (const rule of serverRules) {
      it(`that is ${rule.what} rejects a row with the field where it is known, and stores nothing of it`, async () => {
        await expectRefused(await server(), rule);
      });
    }

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

  describe('in a file', () => {
    for (const rule of fileRules) {
      it(`that is ${rule.what} rejects a row with the field where it is known, and stores nothing of it`, async () => {
        await expectRefused(await file(), rule);
      });
    }
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
