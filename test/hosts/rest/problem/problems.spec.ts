import { expect } from 'chai';
import { AuthError } from '../../../../core/domain/auth-error.js';
import type { UserRepository } from '../../../../core/ports/accounts/user-repository.js';
import { bearerChallenge } from '../../../../hosts/http/bearer-challenge.js';
import { type ProblemCode, problemAction, problemCodes, problemEntry } from '../../../../hosts/http/problem-catalogue.js';
import { readableRule } from '../../../../hosts/rest/problem/readable-rule.js';
import { register, startRest } from '../support/rest-harness.js';
import { expectProblem, send } from '../support/send.js';

/** As the contract has it. */
const statuses: Record<ProblemCode, number> = {
  malformed_body: 400,
  token_missing: 401,
  token_invalid: 401,
  token_expired: 401,
  session_revoked: 401,
  reauthentication_required: 401,
  invalid_credentials: 401,
  refresh_invalid: 401,
  refresh_expired: 401,
  refresh_reused: 401,
  account_disabled: 403,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  email_taken: 409,
  current_password_wrong: 422,
  precondition_failed: 412,
  expectation_failed: 417,
  headers_too_large: 431,
  malformed_request: 400,
  payload_too_large: 413,
  request_timeout: 408,
  unsupported_media_type: 415,
  validation_failed: 422,
  rate_limited: 429,
  internal_error: 500,
  overloaded: 503,
  dependency_unavailable: 503,
};

describe('The catalogue of problems', () => {
  it('has every code with its status', () => {
    expect(Object.fromEntries(problemCodes.map((code) => [code, problemEntry(code).status]))).to.deep.equal(statuses);
  });

  it('has a title of its own for each, and texts that a header field and a page may repeat', () => {
    expect(new Set(problemCodes.map((code) => problemEntry(code).title)).size).to.equal(problemCodes.length);
    for (const code of problemCodes) {
      const { title, detail, advice } = problemEntry(code);
      for (const text of [title, detail, advice]) expect(text, code).to.match(/^[A-Z][ !#-%'-;=?-[\]-~]+$/);
      expect(bearerChallenge(code)).to.match(/^Bearer realm="move-acces"/);
    }
  });

  it('has a delay for each code that requires one', () => {
    const waiting = problemCodes.filter((code) => problemEntry(code).retryAfterSeconds !== undefined);
    expect(waiting).to.deep.equal(problemCodes.filter((code) => [429, 503].includes(statuses[code])));
  });
});

describe('The page of a problem', () => {
  it('is served for every code, loads nothing, and explains the action', async () => {
    await using rest = await startRest();
    const index = await rest.api.request('GET', '/problems');
    for (const code of problemCodes) {
      expect(index.text).to.contain(`href="problems/${code}"`);
      const { headers, text } = await rest.api.request('GET', `/problems/${code}`);
      expect(headers.get('content-type')).to.equal('text/html; charset=utf-8');
      expect(headers.get('content-security-policy')).to.match(/^default-src 'none'.*style-src 'sha256-[\w+/]{43}='$/);
      expect(text)
        .to.contain(problemEntry(code).advice)
        .and.contain(`<dd>${problemAction(code)}</dd>`);
      expect(text).not.to.match(/https?:|<script|<img|<link/);
    }
    for (const unknown of ['nope', '__proto__', 'constructor', 'NOT_FOUND']) {
      expectProblem(await send(rest.url, `/problems/${unknown}`), 'not_found');
    }
  });
});

describe('An unexpected error', () => {
  const broken = (error: unknown): Partial<UserRepository> => ({ findSubscribed: () => Promise.reject(error) });
  const ask = async (error: unknown) => {
    await using rest = await startRest();
    await using failing = await startRest({ ports: { users: { ...broken(error) } as UserRepository, tokens: acceptAll } });
    return {
      answer: await failing.api.request('GET', '/users/me', { token: (await register(rest)).access_token }),
      logger: failing.logger,
    };
  };
  /** A cast: the test needs only one account. */
  const acceptAll = {
    issue: async () => 'x',
    verify: async () => ({ kind: 'valid' as const, claims: { userId: '1', sessionId: 's', tokenId: 't', issuedAt: 0, expiresAt: 1 } }),
  } as unknown as import('../../../../core/ports/sessions/token-issuer.js').TokenIssuer;

  it('gets 500 and is logged once with its cause, and the response contains nothing of it', async () => {
    const { answer, logger } = await ask(
      Object.assign(new Error('select hunter2 from users'), { code: 'ER_HUNTER2', status: 418, expose: true }),
    );
    expect([answer.status, answer.body.code, answer.body.action]).to.deep.equal([500, 'internal_error', 'retry']);
    expect(answer.text).not.to.match(/hunter2|select|Error:|\.[tj]s/i);
    const errors = logger.entries.filter(({ level }) => level === 'error');
    expect(errors.map(({ message }) => message)).to.deep.equal(['internal_error']);
    expect(errors[0]?.fields).to.deep.include({
      requestId: answer.body.request_id,
      error: { name: 'Error', code: 'ER_HUNTER2', cause: undefined },
    });
  });

  it('gets 500 also where the thrown value is not an error', async () => {
    for (const thrown of ['text', null, undefined, 7]) expect((await ask(thrown)).answer.status, String(thrown)).to.equal(500);
  });

  it('gets 503 with Retry-After where it is known to be temporary', async () => {
    const { answer, logger } = await ask(new AuthError('dependency_unavailable', { cause: new Error('ECONNREFUSED hunter2') }));
    expect([answer.status, answer.body.code, answer.headers.get('retry-after')]).to.deep.equal([503, 'dependency_unavailable', '2']);
    expect(answer.text).not.to.contain('hunter2');
    expect(logger.entries.filter(({ level }) => level === 'warn')).to.have.length(1);
  });
});

describe('A rule of validation', () => {
  it('is put into words that hold nothing of the request', () => {
    expect(readableRule("'password' is required")).to.equal('required');
    expect(readableRule('maxLength 1')).to.equal('at most 1 character');
    const union = [
      { 'body.phone': { message: 'invalid string value', value: 'hunter2' } },
      { 'body.phone': { message: 'should be one of the following; [null]' } },
    ];
    expect(readableRule(`Could not match the union against any of the items. Issues: ${JSON.stringify(union)}`)).to.equal('a text or null');
    for (const unknown of ['hunter2', '"hunter2" is odd', "Not match in 'hunter2'", '', undefined]) {
      expect(readableRule(unknown)).to.equal('something else');
    }
  });
});
