import { expect } from 'chai';
import { atOnce, tally } from '../../kit/contracts/support/samples.js';
import { type ApiAnswer, type ApiClient, apiClient } from '../../support/api-client.js';
import { startServer } from '../../support/running-server.js';
import { schemaMapExample } from '../../support/schema-map-example.js';
import { eventually, untilServed } from '../support/phone.js';
import { restrictedStage } from '../support/restricted-stage.js';

const spellings = ['zoe@example.org', 'ZOE@example.org', ' zoe@example.org', 'Zoe@Example.Org ', 'zoe@EXAMPLE.ORG'];

const register = (client: ApiClient, body: unknown) => untilServed(() => client.request('POST', '/auth/register', { body }));

/** Lets a process open its connections: on a busy machine that alone may take longer than a request waits. */
const strangers = (client: ApiClient) =>
  atOnce(20, (index) => client.request('POST', '/auth/login', { body: { email: `nobody${index}@example.org`, password: 'whatever' } }));

const isAnswered = (answers: readonly ApiAnswer[]) => answers.every(({ status }) => status === 401);

describe('50 registrations at once of one address in five spellings, over two processes', function () {
  this.timeout(180_000);

  for (const [kind, changes] of Object.entries({
    'with a unique index on the address': [],
    'without one, on a column that tells case apart': [
      'alter table users drop index uq_users_email',
      'alter table users modify email varchar(191) character set utf8mb4 collate utf8mb4_bin not null',
    ],
  })) {
    it(`create one account: one gets 201, 49 get 409 (${kind})`, async () => {
      await using stage = await restrictedStage(schemaMapExample('reference'));
      for (const change of changes) await stage.database.query(change);
      await using one = await startServer({ env: stage.env, cwd: stage.cwd });
      await using two = await startServer({ env: stage.env, cwd: stage.cwd });
      const clients = [one, two].map(({ url }) => apiClient(url));
      for (const client of clients) await eventually(() => strangers(client), isAnswered, 20_000);
      const answers = await atOnce(50, (index) => {
        const body = { email: spellings[index % 5], password: 'correct horse battery', first_name: `n${index}` };
        return register(clients[index % 2] as ApiClient, body); // a cast: there are two
      });
      expect(tally(answers.map(({ status, body }) => `${status} ${body.code ?? ''}`))).to.deep.equal({
        '201 ': 1,
        '409 email_taken': 49,
      });
      const winner = answers.find(({ status }) => status === 201)?.body.user.id;
      const count = async (table: string) => await stage.database.query(`select count(*) as n from ${table}`);
      expect(await stage.database.query('select id, email from users')).to.deep.equal([{ id: Number(winner), email: 'zoe@example.org' }]);
      for (const table of ['acces_app', 'auth_email_claims', 'auth_sessions']) expect(await count(table), table).to.deep.equal([{ n: 1 }]);
      const body = { email: 'Zoe@example.org', password: 'correct horse battery' };
      expect((await clients[0]?.request('POST', '/auth/login', { body }))?.body.user.id).to.equal(winner);
    });
  }
});
