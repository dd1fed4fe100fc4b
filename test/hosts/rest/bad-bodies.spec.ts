import { expect } from 'chai';
import { camille, type RestHarness, register, startRest } from './support/rest-harness.js';
import { expectProblem, post, send, sendHead, sendLines } from './support/send.js';

const kibibyte = 1024;

describe('The REST host, for a body', () => {
  let rest: RestHarness;
  let token: string;
  before(async () => {
    rest = await startRest();
    token = (await register(rest)).access_token;
  });
  after(() => rest[Symbol.asyncDispose]());

  const login = (body: unknown) => post(rest.url, '/auth/login', JSON.stringify(body));
  const patch = (body: unknown) => rest.api.request('PATCH', '/users/me', { token, body });

  describe('that is no JSON object, answers 400:', () => {
    const bodies: Record<string, string | Uint8Array<ArrayBuffer>> = {
      'a broken object': '{"email": "camille@example.org", "password": "hunter2-not-closed',
      'a list': '[]',
      'a list of objects': '[{"email":"a"}]',
      'a text': '"camille@example.org"',
      'a number': '42',
      null: 'null',
      'a word': 'email=camille',
      'nothing but space': '   ',
      'bytes that are no UTF-8': Uint8Array.from([...Buffer.from('{"email":"'), 0xc3, 0x28, ...Buffer.from('","password":"x"}')]),
    };
    for (const [name, body] of Object.entries(bodies)) {
      it(name, async () => {
        const answer = await post(rest.url, '/auth/login', body);
        expectProblem(answer, 'malformed_body', '/auth/login');
        expect(answer.text).not.to.contain('hunter2').and.not.to.contain('camille');
      });
    }
  });

  describe('of the wrong shape, answers 422 and points at each fault:', () => {
    const cases: Record<string, { body: unknown; errors: { pointer: string; detail: string }[] }> = {
      'a field missing': { body: { email: 'a@example.org' }, errors: [{ pointer: '/password', detail: 'required' }] },
      'no field at all': {
        body: {},
        errors: [
          { pointer: '/email', detail: 'required' },
          { pointer: '/password', detail: 'required' },
        ],
      },
      'a number for a text': { body: { email: 7, password: 'x' }, errors: [{ pointer: '/email', detail: 'a text' }] },
      'null for a text': { body: { email: null, password: 'x' }, errors: [{ pointer: '/email', detail: 'a text' }] },
      'an object for a text': { body: { email: { $ne: null }, password: 'x' }, errors: [{ pointer: '/email', detail: 'a single value' }] },
      'a list for a text': { body: { email: ['a'], password: 'x' }, errors: [{ pointer: '/email', detail: 'a single value' }] },
      'true for a text or null': {
        body: { email: 'a', password: 'x', device_name: true },
        errors: [{ pointer: '/device_name', detail: 'a text or null' }],
      },
      'an empty password': { body: { email: 'a', password: '' }, errors: [{ pointer: '/password', detail: 'at least 1 character' }] },
      'an endless password': {
        body: { email: 'a', password: 'x'.repeat(513) },
        errors: [{ pointer: '/password', detail: 'at most 512 characters' }],
      },
      'an endless address': {
        body: { email: 'x'.repeat(321), password: 'x' },
        errors: [{ pointer: '/email', detail: 'at most 320 characters' }],
      },
      'an endless name of a device': {
        body: { email: 'a', password: 'x', device_name: 'x'.repeat(1001) },
        errors: [{ pointer: '/device_name', detail: 'at most 1000 characters or null' }],
      },
      'an unknown field': {
        body: { email: 'a', password: 'x', is_admin: true },
        errors: [{ pointer: '/is_admin', detail: 'no field of this request' }],
      },
      'a field that JSON pointers must escape': {
        body: { email: 'a', password: 'x', 'a/b~c.d': 1 },
        errors: [{ pointer: '/a~1b~0c.d', detail: 'no field of this request' }],
      },
    };
    for (const [name, { body, errors }] of Object.entries(cases)) {
      it(name, async () => {
        const answer = await login(body);
        expect(expectProblem(answer, 'validation_failed', '/auth/login').errors).to.deep.equal(errors);
      });
    }

    it('no body', async () => {
      const answer = await send(rest.url, '/auth/login', { method: 'POST' });
      expect(expectProblem(answer, 'validation_failed').errors).to.deep.equal([{ pointer: '', detail: 'required' }]);
    });

    it('an empty body that is called JSON', async () => {
      const answer = await post(rest.url, '/auth/login', '');
      expect(expectProblem(answer, 'validation_failed').errors).to.deep.equal([{ pointer: '', detail: 'required' }]);
    });

    it('a query that names something else', async () => {
      const { body } = await rest.api.request('DELETE', '/auth/sessions?scope=mine', { token });
      expect(body.errors).to.deep.equal([{ pointer: '/query/scope', detail: 'others or all' }]);
      const twice = await rest.api.request('DELETE', '/auth/sessions?scope=others&scope=all', { token });
      expect(twice.body.errors).to.deep.equal([{ pointer: '/query/scope', detail: 'others or all' }]);
    });

    it('names that would reach an object by its prototype', async () => {
      for (const name of ['__proto__', 'constructor', 'hasOwnProperty', 'toString']) {
        const answer = await post(rest.url, '/auth/login', `{"email":"a","password":"x","${name}":{"isAdmin":true}}`);
        const [error] = expectProblem(answer, 'validation_failed').errors ?? [];
        expect(error?.pointer).to.equal(`/${name}`);
        const flat = await post(rest.url, '/auth/login', `{"email":"a","password":"x","${name}":"y"}`);
        expect(expectProblem(flat, 'validation_failed').errors).to.deep.equal([
          { pointer: `/${name}`, detail: 'no field of this request' },
        ]);
      }
      expect(({} as Record<string, unknown>).isAdmin).to.equal(undefined);
    });

    it('thousands of unknown fields, of which twenty are named', async () => {
      const body = Object.fromEntries(Array.from({ length: 1500 }, (_, index) => [`f${index}`, 1]));
      const { errors = [] } = expectProblem(await login(body), 'validation_failed');
      expect(errors).to.have.length(20);
    });

    it('a nesting that would overflow the stack', async () => {
      const deep = `{"phone":${'['.repeat(40_000)}${']'.repeat(40_000)}}`;
      const answer = await send(rest.url, '/users/me', {
        method: 'PATCH',
        body: deep,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      });
      expect(expectProblem(answer, 'validation_failed').errors).to.deep.equal([{ pointer: '/phone', detail: 'a single value' }]);
    });

    it('a violation of the domain’s rules, under the wire’s names', async () => {
      const { body } = await rest.api.request('POST', '/auth/register', {
        body: { email: 'nobody', password: 'short', first_name: 'a\u0000b', last_name: 'x'.repeat(101), phone: 'call me' },
      });
      expect(body.errors?.map(({ pointer }) => pointer)).to.deep.equal(['/email', '/password', '/first_name', '/last_name', '/phone']);
      const password = await rest.api.request('POST', '/auth/password', {
        token,
        body: { current_password: camille.password, new_password: 'short' },
      });
      expect(password.body.errors).to.deep.equal([{ pointer: '/new_password', detail: 'at least 8 characters' }]);
    });

    it('anything but the three fields of a profile', async () => {
      for (const name of ['email', 'id', 'created_at', 'subscription', 'password', 'is_enabled', 'firstName']) {
        const { status, body } = await patch({ first_name: 'Eve', [name]: '7' });
        expect(status).to.equal(422);
        expect(body.errors).to.deep.equal([{ pointer: `/${name}`, detail: 'no field of this request' }]);
      }
      expect((await rest.api.request('GET', '/users/me', { token })).body.first_name).to.equal(null);
    });

    it('a list that reads like null', async () => {
      expect((await patch({ phone: ['null'] })).status).to.equal(422);
    });
  });

  describe('in an unsupported media type, sends 415:', () => {
    const media: Record<string, Record<string, string>> = {
      'another type': { 'content-type': 'text/plain' },
      'a form': { 'content-type': 'application/x-www-form-urlencoded' },
      'a type that merely ends in JSON': { 'content-type': 'application/problem+json' },
      'no type': { 'content-type': '' },
      'another character set': { 'content-type': 'application/json; charset=utf-16le' },
      'an unknown character set': { 'content-type': 'application/json; charset="klingon"' },
      'a compressed body': { 'content-encoding': 'gzip' },
      'an unknown encoding': { 'content-encoding': 'zip' },
    };
    for (const [name, headers] of Object.entries(media)) {
      it(name, async () => {
        const answer = await post(rest.url, '/auth/login', JSON.stringify(camille), headers);
        expectProblem(answer, 'unsupported_media_type', '/auth/login');
      });
    }

    it('but reads JSON in UTF-8, however that is written', async () => {
      for (const type of ['application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"', 'application/json; x=y']) {
        expect((await post(rest.url, '/auth/login', JSON.stringify(camille), { 'content-type': type })).status).to.equal(200);
      }
    });
  });

  describe('with too much, sends 413:', () => {
    it('17 KiB under /auth, where 15 are read', async () => {
      const body = (size: number) => ({ ...camille, device_name: 'x'.repeat(size) });
      expectProblem(await login(body(17 * kibibyte)), 'payload_too_large', '/auth/login');
      expectProblem(await login(body(15 * kibibyte)), 'validation_failed', '/auth/login');
    });

    it('101 KiB elsewhere, where 99 are read', async () => {
      expect((await patch({ first_name: 'x'.repeat(101 * kibibyte) })).status).to.equal(413);
      expect((await patch({ first_name: 'x'.repeat(99 * kibibyte) })).status).to.equal(422);
    });

    it('a body without a length', async () => {
      const stream = new ReadableStream({
        pull(controller) {
          controller.enqueue(Buffer.alloc(64 * kibibyte, ' '));
          controller.close();
        },
      });
      const init = { method: 'POST', body: stream, duplex: 'half', headers: { 'content-type': 'application/json' } } as RequestInit;
      expectProblem(await send(rest.url, '/auth/login', init), 'payload_too_large');
    });

    it('a body that claims to be endless, without reading it', async () => {
      const answer = await sendHead(rest.url, [
        'POST /auth/login HTTP/1.1',
        'Content-Type: application/json',
        `Content-Length: ${10 * 1024 * kibibyte}`,
      ]);
      expectProblem(answer, 'payload_too_large');
      expect(answer.headers.get('connection')).to.equal('close');
    });

    it('header fields beyond 16 KiB, by 431, and serves on', async () => {
      const answer = await sendLines(rest.url, ['GET /users/me HTTP/1.1', `X-Long: ${'x'.repeat(20 * kibibyte)}`]);
      expect(answer.status).to.equal(431);
      expect((await send(rest.url, '/healthz')).status).to.equal(200);
    });
  });
});
