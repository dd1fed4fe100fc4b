import { expect } from 'chai';
import { AuthError, isRefusal } from '../../core/domain/auth-error.js';

describe('A refusal', () => {
  const violations = [{ field: 'email', rule: 'an e-mail address' }];
  const invalid = new AuthError('validation_failed', { detail: { violations } });

  it('carries the detail of its code, and of no other', () => {
    expect(invalid.detailOf('validation_failed')).to.deep.equal({ violations });
    expect(invalid.detailOf('rate_limited')).to.equal(null);
    expect(new AuthError('rate_limited', { retryAfterSeconds: 7 }).detailOf('rate_limited')).to.equal(null);
    expect(new AuthError('not_found').detailOf('validation_failed')).to.equal(null);
  });

  it('cannot be made without a detail that its code always has, nor with one of another code', () => {
    // @ts-expect-error: an input is refused with its violations
    expect(() => new AuthError('validation_failed')).not.to.throw();
    // @ts-expect-error: the detail of another code
    expect(() => new AuthError('reauthentication_required', { detail: { violations } })).not.to.throw();
    // @ts-expect-error: a code without details
    expect(() => new AuthError('not_found', { detail: { violations } })).not.to.throw();
  });

  it('is recognised by its code, among whatever was thrown', () => {
    expect(isRefusal(invalid, 'validation_failed')).to.equal(true);
    expect(isRefusal(invalid, 'not_found')).to.equal(false);
    expect(isRefusal(Object.assign(new Error('no'), { code: 'validation_failed' }), 'validation_failed')).to.equal(false);
  });

  it('holds nothing but its code for a log that prints all members', () => {
    expect(JSON.stringify(invalid)).not.to.contain('e-mail');
  });
});
