import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { apiClient } from '../../support/api-client.js';
import { startServer } from '../../support/running-server.js';
import { sharedDatabaseServer } from '../../support/servers/shared-database.js';
import { logIn, phonePassword, registerSomeone } from '../support/phone.js';
import type { Stage } from '../support/stage.js';
import { stages } from '../support/stages.js';

const refused = '+33600000666';

/** Runs statements of the tables' owner, past the product. */
function ownerOf({ database, cwd }: Stage): (sql: string) => Promise<readonly unknown[]> {
  if (database !== null) return (sql) => database.query(sql);
  return async (sql) => {
    const file = new DatabaseSync(join(cwd, 'data/move-acces.db'), { timeout: 5000 });
    try {
      return file.prepare(sql).all();
    } finally {
      file.close();
    }
  };
}

describe('Rules that the owner gave to the tables', () => {
  for (const { name, open } of stages) {
    it(`get 422 with the field ${name}, leave no rows, and are audited and logged by their name`, async () => {
      await using stage = await open();
      await using server = await startServer({ env: stage.env, cwd: stage.cwd });
      const owner = ownerOf(stage);
      const api = apiClient(server.url);
      const phone = await registerSomeone(server.url);
      const count = async () => (await owner('select id from users')).length + (await owner('select email from auth_email_claims')).length;
      const attempts = async () => {
        const body = { email: 'new@example.org', password: phonePassword, phone: refused };
        const answers = [
          await api.request('POST', '/auth/register', { body }),
          await api.request('PATCH', '/users/me', { token: phone.access_token, body: { phone: refused } }),
        ];
        return answers.map(({ status, body: { code, action, errors } }) =>
          [status, code, action, errors?.[0]?.pointer, errors?.[0]?.reason].join(),
        );
      };
      const before = await count();

      await owner('create unique index uq_phone on users (telephone)');
      await api.request('PATCH', '/users/me', { token: (await registerSomeone(server.url)).access_token, body: { phone: refused } });
      expect(await attempts()).to.deep.equal(Array(2).fill('422,validation_failed,fix,/phone,taken'));
      await owner(stage.database === null ? 'drop index uq_phone' : 'alter table users drop index uq_phone');

      if (stage.database === null) {
        await owner("create trigger no_insert before insert on users begin select raise(abort, 'closed'); end");
        await owner("create trigger no_change before update on users begin select raise(abort, 'closed'); end");
      } else {
        await owner("create trigger no_insert before insert on users for each row signal sqlstate '45000' set message_text = 'closed'");
        await owner("create trigger no_change before update on users for each row signal sqlstate '45000' set message_text = 'closed'");
      }
      expect(await attempts()).to.deep.equal(['422,validation_failed,fix,,refused', '422,validation_failed,fix,/phone,refused']);
      for (const trigger of ['no_insert', 'no_change']) await owner(`drop trigger ${trigger}`);

      if (stage.database !== null) {
        await owner(`alter table users add constraint ck_phone check (telephone <> '${refused}0')`);
        const body = { phone: `${refused}0` };
        const checked = await api.request('PATCH', '/users/me', { token: phone.access_token, body });
        expect([checked.status, checked.body.errors?.[0]?.pointer]).to.deep.equal([422, '/phone']);
        await owner('alter table users drop constraint ck_phone');
        const { kind } = await sharedDatabaseServer();
        expect(server.output()).to.include(kind === 'mariadb' ? 'ER_CONSTRAINT_FAILED' : 'ER_CHECK_CONSTRAINT_VIOLATED');
      }
      expect(await count()).to.equal(before + 2);
      expect((await logIn(server.url, phone.email)).status).to.equal(200);
      const audited = (await owner("select event, details from audit_logs where outcome = 'failure' order by id")) as {
        event: string;
        details: string;
      }[];
      expect(audited.slice(0, 2).map(({ event, details }) => [event, JSON.stringify(details).includes('phone')])).to.deep.equal([
        ['register', true],
        ['profile_update', true],
      ]);
      expect(server.output())
        .to.include('a table of accounts refused a row')
        .and.not.to.match(/closed|internal_error/);
    });
  }
});
