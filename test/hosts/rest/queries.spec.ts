import { expect } from 'chai';
import { MemoryStores } from '../../../adapters/memory/memory-stores.js';
import { userId } from '../../../core/domain/ids.js';
import { sampleSession } from '../../kit/contracts/support/samples.js';
import { type RestHarness, register, startRest } from './support/rest-harness.js';
import { expectProblem, send, sendLines } from './support/send.js';

describe('The query of a request', () => {
  let rest: RestHarness;
  let token: string;
  let user: string;
  before(async () => {
    rest = await startRest();
    const signedIn = await register(rest);
    token = signedIn.access_token;
    user = signedIn.user.id;
  });
  after(() => rest[Symbol.asyncDispose]());

  const errorsOf = async (method: string, path: string) => {
    const { status, body } = await rest.api.request(method, path, { token });
    return { status, code: body.code, errors: body.errors };
  };
  const refused = (name: string, detail: string) => ({
    status: 422,
    code: 'validation_failed',
    errors: [{ pointer: `/query/${name}`, detail }],
  });

  it('is refused with a field that the route does not have, as a body is', async () => {
    const unknown = refused('x', 'no field of this query');
    for (const [method, path] of [
      ['GET', '/users/me'],
      ['PATCH', '/users/me'],
      ['GET', '/auth/sessions'],
      ['DELETE', '/auth/sessions'],
      ['DELETE', '/auth/sessions/019c8b6e-ad04-738a-93a8-69b5c64e5df0'],
      ['POST', '/auth/register'],
      ['POST', '/auth/login'],
      ['POST', '/auth/refresh'],
      ['POST', '/auth/logout'],
      ['POST', '/auth/password'],
      ['POST', '/ws/ticket'],
    ] as const) {
      expect(await errorsOf(method, `${path}?x=1`), `${method} ${path}`).to.deep.equal(unknown);
    }
    expect(await errorsOf('GET', '/auth/sessions?limit=5&x')).to.deep.equal(unknown);
    expect(await errorsOf('DELETE', '/auth/sessions?scope[]=others')).to.deep.equal(refused('scope[]', 'no field of this query'));
    expect(await errorsOf('GET', '/auth/sessions?Limit=5')).to.deep.equal(refused('Limit', 'no field of this query'));
    const head = await send(rest.url, '/auth/sessions?limit=1&x', { method: 'HEAD', headers: { authorization: `Bearer ${token}` } });
    expect(head.status).to.equal(422);
  });

  it('names each unknown field, twenty at most, and none of their values', async () => {
    const { text, body } = await rest.api.request('GET', '/users/me?a~b/c=secret&body.phone=secret&id=1&__proto__=1', { token });
    expect(text).not.to.include('secret');
    const pointers = body.errors?.map(({ pointer }) => pointer);
    expect(pointers).to.deep.equal(['/query/a~0b~1c', '/query/body.phone', '/query/id', '/query/__proto__']);
    const many = Array.from({ length: 1500 }, (_, index) => `f${index}`).join('&');
    expect((await rest.api.request('GET', `/users/me?${many}`, { token })).body.errors).to.have.length(20);
  });

  it('is judged after the token, and may be empty', async () => {
    expectProblem(await send(rest.url, '/users/me?x=1'), 'token_missing');
    for (const path of ['/users/me?', '/users/me?&']) expect((await rest.api.request('GET', path, { token })).status, path).to.equal(200);
  });

  it('may hold anything where probes, scrapers and browsers send it', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics', '/docs', '/redoc', '/openapi.json', '/problems', '/problems/not_found']) {
      expect((await send(rest.url, `${path}?cachebuster=7`)).status, path).to.equal(200);
    }
    expectProblem(await sendLines(rest.url, ['GET /nope?x=1 HTTP/1.1']), 'not_found', '/nope');
  });

  it('has no field twice', async () => {
    expect(await errorsOf('DELETE', '/auth/sessions?scope=all&scope=others')).to.deep.equal(refused('scope', 'others or all'));
    expect(await errorsOf('GET', '/auth/sessions?limit=5&limit=5')).to.deep.equal(refused('limit', 'a whole number'));
    expect(await errorsOf('GET', '/auth/sessions?cursor=a&cursor=a')).to.deep.equal(refused('cursor', 'a text'));
  });

  it('pages the list of sessions, fifty at a time unless it names another number up to a hundred', async () => {
    const { sessions } = new MemoryStores({ database: rest.database });
    const now = rest.clock.now();
    for (let count = 0; count < 119; count += 1) {
      await sessions.open(sampleSession(userId(user), { lastSeenAt: now - count - 1, idleExpiresAt: now + 60_000 }));
    }
    const list = async (query: string) => (await rest.api.request('GET', `/auth/sessions${query}`, { token })).body;
    const first = await list('');
    expect([first.items.length, first.items[0]?.current]).to.deep.equal([50, true]);
    const hundred = await list('?limit=100');
    const rest20 = await list(`?limit=100&cursor=${hundred.next_cursor}`);
    expect([hundred.items.length, rest20.items.length, rest20.next_cursor]).to.deep.equal([100, 20, null]);
    expect((await list(`?cursor=${first.next_cursor}`)).items[0]).to.deep.equal(hundred.items[50]);
    expect(new Set([...hundred.items, ...rest20.items].map(({ id }) => id)).size).to.equal(120);
  });

  it('is refused with a number of sessions or a cursor that is none', async () => {
    for (const [limit, detail] of [
      ['0', 'at least 1'],
      ['101', 'at most 100'],
      ['-1', 'at least 1'],
      ['', 'a whole number'],
      ['ten', 'a whole number'],
      ['1.5', 'a whole number'],
      ['1e2', 'a whole number'],
      ['99999999999999999999', 'at most 100'],
    ]) {
      expect(await errorsOf('GET', `/auth/sessions?limit=${limit}`), limit).to.deep.equal(refused('limit', detail ?? ''));
    }
    const id = '019c8b6e-ad04-738a-93a8-69b5c64e5df0';
    for (const cursor of [
      '',
      'x',
      id,
      `.${id}`,
      `1.${id}0`,
      `12345678901234.${id}`,
      `g.${id}`,
      `1.${id.toUpperCase()}`,
      `1.${id}%0a`,
      "'--",
    ]) {
      expect(await errorsOf('GET', `/auth/sessions?cursor=${cursor}`), cursor).to.deep.equal(
        refused('cursor', 'the next_cursor of a page'),
      );
    }
  });
});
