import { expect } from 'chai';
import { camille, type RestHarness, register, startRest } from '../support/rest-harness.js';
import { expectProblem } from '../support/send.js';

describe('A password that the REST host refuses', () => {
  let rest: RestHarness;
  before(async () => {
    rest = await startRest();
  });
  after(() => rest[Symbol.asyncDispose]());

  it('has a reason beside its pointer: common or personal, and no other fault has one', async () => {
    const errorsOf = async (body: object) =>
      expectProblem(await rest.api.request('POST', '/auth/register', { body }), 'validation_failed').errors;
    const common = { pointer: '/password', detail: 'a password that is not among the most common ones', reason: 'common' };
    const personal = {
      pointer: '/password',
      detail: 'more than the address, the names or the name of the service with digits and punctuation',
      reason: 'personal',
    };
    expect(await errorsOf({ email: 'nina@example.org', password: 'PASSWORD1' })).to.deep.equal([common]);
    expect(await errorsOf({ email: 'nina@example.org', password: 'nina2026!' })).to.deep.equal([personal]);
    expect(await errorsOf({ email: 'n@example.org', password: 'nina2026!', first_name: 'Nina', phone: 'none' })).to.deep.equal([
      personal,
      {
        pointer: '/phone',
        detail:
          'a phone number: 3 to 18 digits, optionally with + in front, spaces, dots, dashes, slashes or brackets between, and an extension such as "ext. 12" behind',
      },
    ]);
    expect(await errorsOf({ email: 'nina@example.org', password: 'short' })).to.deep.equal([
      { pointer: '/password', detail: 'at least 8 characters' },
    ]);
  });

  it('points at the new one of a change', async () => {
    const { access_token: token } = await register(rest);
    const change = (new_password: string) =>
      rest.api.request('POST', '/auth/password', { token, body: { current_password: camille.password, new_password } });
    expect((await change('password1')).body.errors?.[0]).to.include({ pointer: '/new_password', reason: 'common' });
    expect((await change('Camille-2026')).body.errors?.[0]).to.include({ pointer: '/new_password', reason: 'personal' });
  });
});
