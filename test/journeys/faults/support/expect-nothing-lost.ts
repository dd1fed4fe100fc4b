import { expect } from 'chai';
import type { TestDatabase } from '../../../support/servers/test-database.js';
import type { HonestClient } from './honest-client.js';

type Row = Readonly<Record<string, unknown>>;

/** Every change with a successful response is in the database, and every change of an account has exactly one row in the audit log. */
export async function expectNothingLost(database: TestDatabase, clients: readonly HonestClient[]): Promise<void> {
  const rows = (sql: string, params: unknown[] = []) => database.query(sql, params) as Promise<Row[]>;
  for (const { email, ledger } of clients) {
    const [user] = await rows(
      'select id, telephone, (select count(*) from acces_app where user_id = users.id) as n from users where email = ?',
      [email],
    );
    const opened = await rows('select id, revoked_at from auth_sessions where user_id = ?', [String(user?.id ?? '')]);
    const audit = await rows(`select event, session_id from audit_logs where user_id = ? and outcome = 'success'`, [
      String(user?.id ?? ''),
    ]);
    const count = (event: string) => audit.filter((row) => row.event === event).length;
    if (ledger.userId === null) {
      // No response confirmed it: all of it is there, or nothing.
      expect([count('register'), Number(user?.n ?? 0)], email).to.deep.equal(user === undefined ? [0, 0] : [1, 1]);
      continue;
    }
    expect([String(user?.id), Number(user?.n), count('register')], email).to.deep.equal([ledger.userId, 1, 1]);
    expect(ledger.phones, email).to.include(user?.telephone ?? null);
    expect(count('profile_update'), email).to.be.at.least(ledger.changes);
    expect(
      opened.map(({ id }) => id),
      email,
    ).to.include.members(ledger.sessions);
    const ended = opened.filter(({ revoked_at }) => revoked_at !== null).map(({ id }) => id);
    expect(ended, email).to.include.members(ledger.loggedOut);
    const signedIn = audit.filter(({ event }) => event === 'login' || event === 'register').map(({ session_id }) => session_id);
    expect(
      opened.map(({ id }) => id),
      email,
    ).to.include.members(signedIn);
  }
}
