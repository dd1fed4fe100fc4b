import { expect } from 'chai';
import { entityTag, expectedVersions, unwantedVersions } from '../../../../hosts/rest/entity-tag.js';
import { itInTime } from '../../../support/it-in-time.js';
import { type RestHarness, register, startRest } from '../support/rest-harness.js';

describe('If-Match', () => {
  const cases: Record<string, readonly string[] | null> = {
    '*': null,
    ' * ': null,
    '"a"': ['a'],
    '"a", "b"': ['a', 'b'],
    '"a","b" ,, "c"': ['a', 'b', 'c'],
    '""': [''],
    '"a, b"': ['a, b'],
    'W/"a"': [],
    'W/"a", "b"': ['b'],
    a: [],
    '"a': [],
    '"a" "b"': [],
    '"a", *': [],
    '': [],
  };
  for (const [field, versions] of Object.entries(cases)) {
    it(`${field || 'without a word'} names ${versions === null ? 'any state' : JSON.stringify(versions)}`, () => {
      expect(expectedVersions(field)).to.deep.equal(versions);
    });
  }

  it('that is not sent names any state', () => {
    expect(expectedVersions(undefined)).to.equal(null);
    expect(expectedVersions(entityTag('v'))).to.deep.equal(['v']);
  });

  itInTime('of endless length is judged at once', () => {
    const startedAt = performance.now();
    expectedVersions(`"a"${' , '.repeat(5000)}x`);
    expect(performance.now() - startedAt).to.be.below(100);
  });
});

describe('If-None-Match of a change', () => {
  const cases: Record<string, readonly string[] | 'any'> = {
    '*': 'any',
    ' * ': 'any',
    '"a"': ['a'],
    'W/"a"': ['a'],
    '"a", W/"b" ,,"c"': ['a', 'b', 'c'],
    '"a, b"': ['a, b'],
    '"a", *': 'any',
    a: 'any',
    '"a': 'any',
    'w/"a"': 'any',
    '': [],
  };
  for (const [field, versions] of Object.entries(cases)) {
    it(`${field || 'without a word'} excludes ${JSON.stringify(versions)}`, () => {
      expect(unwantedVersions(field)).to.deep.equal(versions);
    });
  }

  it('that is not sent excludes no state', () => expect(unwantedVersions(undefined)).to.equal(null));
});

describe('The ETag of a profile', () => {
  let rest: RestHarness;
  let token: string;
  beforeEach(async () => {
    rest = await startRest();
    token = (await register(rest)).access_token;
  });
  afterEach(() => rest[Symbol.asyncDispose]());

  const view = (headers: Record<string, string> = {}) => rest.api.request('GET', '/users/me', { token, headers });
  const patch = (body: object, headers: Record<string, string> = {}) => rest.api.request('PATCH', '/users/me', { token, body, headers });
  const tagOf = ({ headers }: { readonly headers: Headers }) => headers.get('etag') ?? '';

  it('is strong, stays while the profile does, and changes with it', async () => {
    const first = tagOf(await view());
    expect(first).to.match(/^"[0-9a-f]{32}"$/);
    expect(tagOf(await view())).to.equal(first);
    const changed = tagOf(await patch({ first_name: 'Zoé' }));
    expect(changed).not.to.equal(first);
    expect(tagOf(await view())).to.equal(changed);
  });

  it('allows a change only from the state that it lists', async () => {
    const first = tagOf(await view());
    expect((await patch({ first_name: 'Zoé' }, { 'if-match': `"other", ${first}` })).status).to.equal(200);
    const stale = await patch({ first_name: 'Eve' }, { 'if-match': first });
    expect([stale.status, stale.body.code]).to.deep.equal([412, 'precondition_failed']);
    for (const wrong of [`W/${tagOf(await view())}`, '"nonsense"', 'nonsense']) {
      expect((await patch({ first_name: 'Eve' }, { 'if-match': wrong })).status, wrong).to.equal(412);
    }
    expect((await view()).body.first_name).to.equal('Zoé');
    expect((await patch({ first_name: 'Any' }, { 'if-match': '*' })).status).to.equal(200);
  });

  it('allows no change where If-None-Match excludes the state, and allows any other', async () => {
    const current = tagOf(await view());
    for (const excluded of ['*', current, `W/${current}`, `"other", ${current}`, 'nonsense']) {
      const answer = await patch({ first_name: 'Eve' }, { 'if-none-match': excluded });
      expect([answer.status, answer.body.code, answer.body.action], excluded).to.deep.equal([412, 'precondition_failed', 'fix']);
    }
    expect((await patch({}, { 'if-none-match': '*' })).status, 'a change of nothing').to.equal(412);
    expect((await view()).body.first_name).to.equal(null);
    expect((await patch({ first_name: 'Zoé' }, { 'if-none-match': '"other", W/"older"', 'if-match': '*' })).status).to.equal(200);
  });

  it('is checked last: a request that is refused for another reason gets that reason (RFC 9110 §13.2.1)', async () => {
    const conditions = { 'if-none-match': '*', 'if-match': '"other"' };
    expect((await patch({ phone: 'x' }, conditions)).body.code).to.equal('validation_failed');
    expect((await rest.api.request('PATCH', '/users/me', { body: {}, headers: conditions })).body.code).to.equal('token_missing');
  });

  it('refuses to show another state than If-Match names', async () => {
    const current = tagOf(await view());
    for (const wanted of ['*', current, `"other", ${current}`]) expect((await view({ 'if-match': wanted })).status, wanted).to.equal(200);
    for (const other of ['"other"', `W/${current}`]) {
      const answer = await view({ 'if-match': other, 'if-none-match': current });
      expect([answer.status, answer.body.code], other).to.deep.equal([412, 'precondition_failed']);
    }
  });

  it('allows one of two changes from one state', async () => {
    const headers = { 'if-match': tagOf(await view()) };
    const answers = await Promise.all(['A', 'B', 'C', 'D'].map((first_name) => patch({ first_name }, headers)));
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 412, 412, 412]);
  });

  it('saves the body for a client that already has this state', async () => {
    const tag = tagOf(await view());
    for (const field of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const answer = await view({ 'if-none-match': field });
      expect([answer.status, answer.text, tagOf(answer)]).to.deep.equal([304, '', tag]);
    }
    expect((await view({ 'if-none-match': '"other"' })).status).to.equal(200);
  });

  it('is in no other response of the API', async () => {
    await patch({ first_name: 'Zoé' });
    for (const path of ['/auth/sessions', '/healthz', '/readyz']) {
      expect((await rest.api.request('GET', path, { token })).headers.has('etag'), path).to.equal(false);
    }
  });
});
