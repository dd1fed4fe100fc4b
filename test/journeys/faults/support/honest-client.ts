import { randomUUID } from 'node:crypto';
import { type ApiAnswer, apiClient } from '../../../support/api-client.js';
import { phonePassword } from '../../support/phone.js';

/** One request and what became of it. */
export interface Judged {
  readonly operation: Operation;
  /** 0 where no response arrived. */
  readonly status: number;
  readonly code: string | null;
  readonly retryAfter: string | null;
  /** Whether a working service sends this response. */
  readonly isExpected: boolean;
  readonly requestId: string;
  readonly startedAt: number;
  /** Time until the response. */
  readonly ms: number;
}

type Operation = 'register' | 'log in' | 'refresh' | 'read' | 'change' | 'ticket' | 'log out';

/** The changes that the service confirmed. */
export interface Ledger {
  userId: string | null;
  /** Numbers that the profile may hold: the last confirmed one, and those without a response since. */
  phones: (string | null)[];
  changes: number;
  sessions: string[];
  loggedOut: string[];
}

interface Tokens {
  readonly access: string;
  readonly refresh: string;
}

/** A client of an app that follows the actions: it retries after a 503, with the same refresh token. Any 401 is a bug of the service. */
export class HonestClient {
  readonly email = `honest-${randomUUID()}@example.org`;
  readonly answers: Judged[] = [];
  readonly ledger: Ledger = { userId: null, phones: [null], changes: 0, sessions: [], loggedOut: [] };
  readonly #url: () => string;
  readonly #random: () => number;
  readonly #lateMs: () => number;
  #tokens: Tokens | null = null;
  #mayExist = false;
  #isLeaving = false;
  #serial = 0;

  /** `lateMs` is the total delay of this process so far, which does not count as waiting for a response. */
  constructor(given: { readonly url: () => string; readonly random: () => number; readonly lateMs?: () => number }) {
    this.#url = given.url;
    this.#random = given.random;
    this.#lateMs = given.lateMs ?? (() => 0);
  }

  async step(): Promise<void> {
    const tokens = this.#tokens;
    if (this.ledger.userId === null) return this.#register();
    if (tokens === null) return this.#logIn();
    if (this.#isLeaving) return this.#logOut(tokens);
    const dice = this.#random();
    if (dice < 0.4) return void (await this.#ask('read', 200, 'GET', '/users/me', { token: tokens.access }));
    if (dice < 0.65) return this.#change(tokens);
    if (dice < 0.85) return this.#refresh(tokens);
    if (dice < 0.95) return void (await this.#ask('ticket', 200, 'POST', '/ws/ticket', { token: tokens.access }));
    return this.#logOut(tokens);
  }

  async #register(): Promise<void> {
    const body = { email: this.email, password: phonePassword };
    // A request without a response may have succeeded.
    const answer = await this.#ask('register', this.#mayExist ? [201, 409] : 201, 'POST', '/auth/register', { body });
    this.#mayExist ||= answer?.status !== 201;
    if (answer?.status === 201) this.#signedIn(answer);
    if (answer?.status === 409) await this.#logIn();
  }

  async #logIn(): Promise<void> {
    const body = { email: this.email, password: phonePassword };
    const answer = await this.#ask('log in', 200, 'POST', '/auth/login', { body });
    if (answer?.status === 200) this.#signedIn(answer);
  }

  #signedIn({ body }: ApiAnswer): void {
    this.ledger.userId = body.user.id;
    this.ledger.sessions.push(body.session_id);
    this.#tokens = { access: body.access_token, refresh: body.refresh_token };
  }

  async #refresh({ refresh }: Tokens): Promise<void> {
    const answer = await this.#ask('refresh', 200, 'POST', '/auth/refresh', { body: { refresh_token: refresh } });
    if (answer?.status === 200) this.#tokens = { access: answer.body.access_token, refresh: answer.body.refresh_token };
  }

  async #change({ access }: Tokens): Promise<void> {
    this.#serial += 1;
    const phone = `+336${String(this.#serial).padStart(8, '0')}`;
    this.ledger.phones.push(phone);
    const answer = await this.#ask('change', 200, 'PATCH', '/users/me', { token: access, body: { phone } });
    if (answer?.status !== 200) return;
    this.ledger.phones = [phone];
    this.ledger.changes += 1;
  }

  async #logOut({ refresh }: Tokens): Promise<void> {
    this.#isLeaving = true; // a request without a response may have succeeded
    const answer = await this.#ask('log out', 204, 'POST', '/auth/logout', { body: { refresh_token: refresh } });
    if (answer?.status !== 204) return;
    this.ledger.loggedOut.push(this.ledger.sessions.at(-1) ?? '');
    this.#tokens = null;
    this.#isLeaving = false;
  }

  /** Null where no response arrived. */
  async #ask(
    operation: Operation,
    expected: number | readonly number[],
    method: string,
    path: string,
    request: { readonly body?: unknown; readonly token?: string },
  ): Promise<ApiAnswer | null> {
    const requestId = randomUUID();
    const [startedAt, lateBefore] = [performance.now(), this.#lateMs()];
    const answer = await apiClient(this.#url())
      .request(method, path, { ...request, headers: { 'x-request-id': requestId } })
      .catch((error: unknown) => {
        if (error instanceof TypeError) return null; // fetch throws it for a connection that broke
        throw error;
      });
    const status = answer?.status ?? 0;
    this.answers.push({
      operation,
      status,
      code: status >= 400 ? (answer?.body.code ?? null) : null,
      retryAfter: answer?.headers.get('retry-after') ?? null,
      isExpected: [expected].flat().includes(status),
      requestId,
      startedAt,
      ms: performance.now() - startedAt - (this.#lateMs() - lateBefore),
    });
    return answer;
  }
}
