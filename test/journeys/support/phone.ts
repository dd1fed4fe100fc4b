import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { type ApiAnswer, apiClient } from '../../support/api-client.js';

export interface TokenBody {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly session_id: string;
}

let registered = 0;

/** A new account, with its first tokens. */
export async function registerSomeone(
  url: string,
): Promise<TokenBody & { readonly email: string; readonly user: { readonly id: string } }> {
  const email = `phone-${process.pid}-${++registered}@example.org`;
  const { status, body } = await apiClient(url).request('POST', '/auth/register', { body: { email, password: phonePassword } });
  expect(status, JSON.stringify(body)).to.equal(201);
  return { ...body, email };
}

export const phonePassword = 'correct horse battery';

export const logIn = (url: string, email: string, password = phonePassword) =>
  apiClient(url).request('POST', '/auth/login', { body: { email, password } });

export const refresh = (url: string, refreshToken: string) =>
  apiClient(url).request('POST', '/auth/refresh', { body: { refresh_token: refreshToken } });

export const me = (url: string, token: string) => apiClient(url).request('GET', '/users/me', { token });

/** Repeats the request until the response is as wanted; fails when it is not within `withinMs`. */
export async function eventually<Answer>(
  ask: () => Promise<Answer>,
  isWanted: (answer: Answer) => boolean,
  withinMs: number,
): Promise<Answer> {
  const startedAt = Date.now();
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    if (Date.now() - startedAt > withinMs) throw new Error(`not so within ${withinMs} ms; the last answer: ${JSON.stringify(answer)}`);
    await delay(20);
  }
}

/**
 * Sends a request, and repeats it after half a second as long as the response is 503 with the action `retry`: a machine with much other
 * work does not respond in time. Returns the last response after ten attempts.
 */
export async function untilServed(ask: () => Promise<ApiAnswer>): Promise<ApiAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ask();
    if (answer.body?.action !== 'retry' || attempt === 10) return answer;
    await delay(500);
  }
}
