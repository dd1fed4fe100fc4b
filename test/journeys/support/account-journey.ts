import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { apiClient } from '../../support/api-client.js';
import { startServer } from '../../support/running-server.js';
import { cliOf } from '../cli/support/command-output.js';
import { logIn, phonePassword, refresh, registerSomeone } from './phone.js';
import type { ServerStage } from './server-stage.js';

const name = `D'Ô\\"brien 😀`;

/**
 * The actions of a server and an operator on one account, from `db migrate` to a kill of the server; each response must be the usual one.
 */
export async function accountJourney(stage: ServerStage): Promise<void> {
  const cli = cliOf(stage);
  await cli.done(['db', 'migrate']);
  const [check] = await cli.json<{ readonly errors: number }>('db-check', ['db', 'check']);
  expect(check?.errors, 'errors of db check').to.equal(0);

  let email: string;
  {
    await using server = await startServer(stage);
    const { request } = apiClient(server.url);
    const account = await registerSomeone(server.url);
    ({ email } = account);
    const again = await request('POST', '/auth/register', { body: { email, password: phonePassword } });
    expect(again.body?.code, 'a second registration').to.equal('email_taken');
    const patched = await request('PATCH', '/users/me', { token: account.access_token, body: { first_name: name } });
    expect(patched.body?.first_name, 'PATCH').to.equal(name);
    await delay(1200); // longer than the server keeps idle connections
    const signedIn = await logIn(server.url, email);
    expect(signedIn.status, 'login').to.equal(200);
    const { access_token, refresh_token } = (await refresh(server.url, signedIn.body.refresh_token)).body;
    const sessions = await request('GET', '/auth/sessions', { token: access_token });
    expect(sessions.body.items, 'sessions').to.have.lengthOf(2);
    expect((await request('POST', '/auth/logout', { body: { refresh_token } })).status, 'logout').to.equal(204);
    expect((await logIn(server.url, email, 'a wrong password')).status, 'a wrong password').to.equal(401);
    await server.stop('SIGKILL'); // what is not committed is lost
  }

  const rows = await cli.json<{ readonly event: string; readonly outcome: string }>('audit-list', ['audit', 'list', '--limit', '100']);
  expect(rows.map(({ event, outcome }) => `${event} ${outcome}`)).to.include.members([
    'register success',
    'profile_update success',
    'login success',
    'refresh success',
    'logout success',
    'login failure',
  ]);

  const stored = await stage.database.query('select prenom from users where email = ?', [email]);
  expect(stored).to.deep.equal([{ prenom: name }]);
}
