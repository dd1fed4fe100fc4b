import { hash as argon2Hash } from 'argon2';
import { expect } from 'chai';
import { apiClient } from '../../support/api-client.js';
import { runCommand } from '../../support/run-command.js';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { logIn, phonePassword, registerSomeone } from '../support/phone.js';
import { queryDatabaseOf } from '../support/query-database-of.js';
import type { Stage } from '../support/stage.js';
import { stages } from '../support/stages.js';

const decomposed = 'Cha\u0302teau fort 42';
const closedPassword = 'the password of a closed account';

for (const { name, open } of stages) {
  describe(`Stored texts of other applications, and typed texts, ${name}`, () => {
    let stage: Stage;
    let server: RunningServer;
    before(async () => {
      stage = await open();
      if (stage.database === null) await runCommand(['db', 'migrate'], { env: stage.env, cwd: stage.cwd });
      const query = queryDatabaseOf(stage);
      const light = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
      const hashes = {
        open: await argon2Hash(phonePassword, light),
        decomposed: await argon2Hash(decomposed, light),
        closed: await argon2Hash(closedPassword, light),
      };
      const add = async (email: string, hash: string, statut = 'actif') => {
        await query("insert into users (email, prenom, nom, statut) values (?, 'Zoe', 'Petit', ?)", [email, statut]);
        await query('insert into acces_app (user_id, mot_de_passe, actif) select max(id), ?, 1 from users', [hash]);
      };
      await add('cr@example.org\r', hashes.open);
      await add('\u00a0nbsp@example.org\u00a0', hashes.open);
      await add('idn@m\u00fcnchen.example', hashes.open);
      await add('nfd@example.org', hashes.decomposed);
      await add('twin@example.org', hashes.closed, 'supprime');
      await add(' twin@example.org', hashes.open);
      await add('closed@example.org', hashes.closed, 'suspendu');
      await add('\t\t far@example.org', hashes.open);
      server = await startServer({ env: stage.env, cwd: stage.cwd });
    });
    after(async () => {
      await server?.[Symbol.asyncDispose]();
      await stage?.[Symbol.asyncDispose]();
    });

    const register = (email: string, more: object = {}) =>
      apiClient(server.url).request('POST', '/auth/register', { body: { email, password: phonePassword, ...more } });
    const command = async (...args: readonly string[]) => {
      const { exitCode, stdout, stderr } = await runCommand(args, { env: stage.env, cwd: stage.cwd });
      expect(exitCode, stderr).to.equal(0);
      return JSON.parse(stdout);
    };

    it('finds an address that is stored with a blank at its edge, and refuses it for a registration', async () => {
      for (const email of ['cr@example.org', 'nbsp@example.org', 'idn@xn--mnchen-3ya.example', 'IDN@M\u00dcNCHEN.example']) {
        expect((await logIn(server.url, email)).status, email).to.equal(200);
        expect((await register(email)).body.code, email).to.equal('email_taken');
      }
      expect((await register('far@example.org')).body.code).to.equal('email_taken');
    });

    it('registers an address with its domain in one form, and signs it in with the other', async () => {
      const { status, body } = await register('new@xn--bcher-kva.example');
      expect([status, body.user?.email]).to.deep.equal([201, 'new@xn--bcher-kva.example']);
      expect((await logIn(server.url, 'new@b\u00fccher.example')).status).to.equal(200);
      expect((await register('new@b\u00fccher.example')).status).to.equal(409);
    });

    it('takes a password for the same in any composition of its letters, also where an older hash is of another one', async () => {
      expect((await logIn(server.url, 'nfd@example.org', decomposed.normalize('NFC'))).status).to.equal(401);
      expect((await logIn(server.url, 'nfd@example.org', decomposed)).status).to.equal(200);
      expect((await logIn(server.url, 'nfd@example.org', decomposed.normalize('NFC'))).status).to.equal(200);
      const { access_token: token } = await registerSomeone(server.url);
      const change = (current_password: string, new_password: string) =>
        apiClient(server.url).request('POST', '/auth/password', { token, body: { current_password, new_password } });
      expect((await change(phonePassword, decomposed)).status).to.equal(204);
      expect((await change(decomposed.normalize('NFC'), phonePassword)).status).to.equal(204);
    });

    it('accepts phone numbers as people type them, and stores them in one form', async () => {
      const { body } = await register('typist@example.org', { phone: '(042)\u00a0123\u00a04567' });
      expect(body.user?.phone).to.equal('(042) 123 4567');
      const change = (phone: string) => apiClient(server.url).request('PATCH', '/users/me', { token: body.access_token, body: { phone } });
      expect((await change('\u202a+49 (0)\u00a089/123\u2011456\u202c')).body.phone).to.equal('+49 (0) 89/123-456');
      expect((await change('\u200b')).body.phone).to.equal(null);
      expect((await change('+49 call me')).body.errors?.[0]?.pointer).to.equal('/phone');
    });

    it('means the active one of several accounts with one address, at a login and on the command line', async () => {
      const { status, body } = await logIn(server.url, 'twin@example.org');
      expect(status).to.equal(200);
      const session = await command('sessions', 'list', '--email', 'twin@example.org', '--json');
      expect(session.id).to.equal(body.session_id);
      expect((await logIn(server.url, 'twin@example.org', closedPassword)).body.code).to.equal('invalid_credentials');
      expect((await logIn(server.url, 'closed@example.org', closedPassword)).body.code).to.equal('account_disabled');
      expect((await register('closed@example.org')).body.code).to.equal('email_taken');
    });

    it('counts in a check exactly the addresses that no login finds', async () => {
      const { findings } = await command('db', 'check', '--json');
      const counted = (code: string) => findings.find((finding: { code: string }) => finding.code === code)?.count ?? 0;
      expect([counted('address_unreachable'), counted('address_ambiguous')]).to.deep.equal([1, 0]);
    });
  });
}
