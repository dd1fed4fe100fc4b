import { randomBytes } from 'node:crypto';
import { Connection } from '../load/connection.js';
import { httpRequest } from '../load/http-request.js';
import type { Account } from './subject.js';

/** An account as registration returned it. */
export interface OpenedAccount extends Account {
  /** This server returns it, the baseline does not. */
  readonly userId: string | undefined;
  readonly sessionId: string | undefined;
}

interface Registered {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly session_id?: string;
  readonly user?: { readonly id: string };
}

/** A valid registration for both servers, each one different. */
export const newcomer = () => ({
  email: `bench-${randomBytes(9).toString('hex')}@example.com`,
  password: 'correct horse battery 9',
  first_name: 'Bench',
  last_name: 'User',
});

export async function openAccounts(url: string, count: number): Promise<readonly OpenedAccount[]> {
  using connection = await Connection.open(url);
  const accounts: OpenedAccount[] = [];
  while (accounts.length < count) {
    const body = newcomer();
    const answer = await connection.send(httpRequest({ method: 'POST', path: '/auth/register', body }));
    if (answer.status !== 201) throw new Error(`registration failed: ${answer.status} ${answer.body}`);
    const told = JSON.parse(answer.body) as Registered;
    const tokens = { accessToken: told.access_token, refreshToken: told.refresh_token };
    accounts.push({ email: body.email, password: body.password, ...tokens, userId: told.user?.id, sessionId: told.session_id });
  }
  return accounts;
}
