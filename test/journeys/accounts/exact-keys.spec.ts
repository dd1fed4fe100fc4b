import { expect } from 'chai';
import { decodeJwt } from 'jose';
import { connect } from '../../hosts/ws/support/ws-client.js';
import { apiClient } from '../../support/api-client.js';
import { startServer } from '../../support/running-server.js';
import { schemaMapExample } from '../../support/schema-map-example.js';
import { cliOf } from '../cli/support/command-output.js';
import { logIn } from '../support/phone.js';
import { restrictedStage } from '../support/restricted-stage.js';

/** Keys as UUID_SHORT() makes them on a server of a high number: one double stands for both. */
const [one, other] = ['18446744073709551000', '18446744073709551001'];
const password = 'Bienvenue-2024!';
const hash = '$argon2id$v=19$m=19456,t=2,p=1$x5hTSknJGSPkvBdCCKH0ng$gxsejy9AS1v+sj5UXb0HrA';

describe('Tables whose keys have 64 bits, and an end of 0000-00-00', () => {
  it('are served by the exact key in tokens, REST, sockets and the CLI, and the end opens nothing', async () => {
    const example = schemaMapExample('reference');
    const tables = example.tables.map((table) => table.replace(/\bINT UNSIGNED/gi, 'BIGINT UNSIGNED'));
    await using stage = await restrictedStage({ ...example, tables });
    const { query } = stage.database;
    for (const id of [one, other]) {
      await query(`insert into users (id, email, prenom, nom) values (${id}, 'p${id}@example.org', 'P', '${id}')`);
      await query(`insert into acces_app (user_id, mot_de_passe) values (${id}, '${hash}')`);
    }
    const [before] = (await query('select @@global.sql_mode as mode')) as { mode: string }[];
    await query("set global sql_mode = ''");
    await query(`insert into abonnement (user_id, formule, date_debut, date_fin) values (${other}, 'x', '2026-01-01', '0000-00-00')`);
    await query('set global sql_mode = ?', [before?.mode]);

    await using server = await startServer({ env: { ...stage.env, LOGIN_RATE_LIMIT: '1000/60' }, cwd: stage.cwd, args: ['serve', 'all'] });
    const { status, body } = await logIn(server.url, `p${other}@example.org`, password);
    expect([status, body.user.id, decodeJwt(body.access_token).sub]).to.deep.equal([200, other, other]);
    expect(body.user.subscription).to.include({ status: 'expired' });
    const api = apiClient(server.url);
    const changed = await api.request('PATCH', '/users/me', { token: body.access_token, body: { phone: '+33600000001' } });
    expect(changed.body).to.include({ id: other, last_name: other, phone: '+33600000001' });
    expect(await query(`select telephone from users where id = ${one}`)).to.deep.equal([{ telephone: null }]);
    await using socket = await connect(`${server.url.replace('http', 'ws')}/ws`, { token: body.access_token });
    expect(await socket.next('welcome')).to.include({ type: 'welcome', user_id: other });
    await logIn(server.url, `p${one}@example.org`, password);

    const cli = cliOf(stage);
    const list = await cli.json<{ id: string }>('users-list', ['users', 'list']);
    expect(list.map(({ id }) => id)).to.deep.equal([one, other]);
    const sessions = await cli.done(['sessions', 'list', '--user', other, '--json']);
    expect(sessions).to.include(body.session_id);
    const revoked = JSON.parse(await cli.done(['tokens', 'revoke', '--user', other, '--json'])) as { sessions_ended: number };
    expect(revoked.sessions_ended).to.equal(1);
    const events = await cli.done(['audit', 'list', '--user', other, '--json']);
    expect(events).to.include('token_revoke').and.not.to.include(one);
    const [report] = await cli.json<{ errors: number; findings: { code: string; count: number }[] }>('db-check', ['db', 'check']);
    expect(report?.errors).to.equal(0);
    expect(report?.findings.find(({ code }) => code === 'period_unreadable')).to.include({ count: 1 });
  });
});
