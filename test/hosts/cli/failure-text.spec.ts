import { expect } from 'chai';
import { AuthError } from '../../../core/domain/auth-error.js';
import { errorCodes } from '../../../core/domain/error-code.js';
import type { PlainCode } from '../../../core/domain/refusal-details.js';
import { failureText } from '../../../hosts/cli/failure-text.js';

describe('A failure', () => {
  const lines = (error: unknown) => failureText(error).lines;
  const fault = (code: string, detail: string) =>
    Object.assign(new Error(`database error ${code}: ${detail}`), { name: 'DatabaseFault', code });

  it('has one sentence for every refusal there is', () => {
    // a cast: codes that carry a detail have a sentence without it as well
    const bare = (code: string) => new AuthError(code as PlainCode);
    for (const code of errorCodes) expect(lines(bare(code))[0], code).to.match(/^[A-Z][^\n]*\.$/);
  });

  it('names the database where the database failed, with advice', () => {
    const unreachable = fault('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1');
    expect(lines(new AuthError('dependency_unavailable', { cause: unreachable }))).to.deep.equal([
      'The database cannot be reached: connect ECONNREFUSED 127.0.0.1:1.',
    ]);
    expect(lines(new AuthError('dependency_unavailable'))).to.deep.equal(['The database or Redis cannot be reached.']);
    expect(lines(fault('ER_TABLEACCESS_DENIED_ERROR', "UPDATE command denied to user 'x'"))).to.deep.equal([
      "The account in DB_URL lacks a right: UPDATE command denied to user 'x'.",
    ]);
    expect(failureText(fault('ER_WHATEVER', 'odd'))).to.deep.equal({ code: 'failed', lines: ['database error ER_WHATEVER: odd'] });
  });

  it('reports the faults of the input', () => {
    const violations = [{ field: 'password', rule: 'at least 8 characters' }];
    expect(lines(new AuthError('validation_failed', { detail: { violations } }))).to.deep.equal([
      'The input is not valid: password wants to be at least 8 characters.',
    ]);
    const refused = { field: null, rule: 'values that the table of accounts takes' };
    const cause = fault('ER_CONSTRAINT_FAILED', 'CONSTRAINT `ck` failed');
    expect(lines(new AuthError('validation_failed', { detail: { violations: [refused] }, cause }))).to.deep.equal([
      'The input is not valid: it wants values that the table of accounts takes; CONSTRAINT `ck` failed.',
    ]);
  });

  it('is one line, but for a configuration, where each problem has one', () => {
    expect(lines(new Error('a\nb\u001b[2J'))).to.deep.equal(['a\\u{a}b\\u{1b}[2J']);
    expect(lines('text\n')).to.deep.equal(['text\\u{a}']);
    const config = Object.assign(new Error('PORT: wants\nDOCS: wants'), { name: 'ConfigError' });
    expect(failureText(config)).to.deep.equal({ code: 'configuration', lines: ['PORT: wants', 'DOCS: wants'] });
  });

  it('is the first error, whatever failed after it', () => {
    const first = new AuthError('overloaded');
    expect(failureText(new SuppressedError(new Error('closing'), first))).to.deep.equal(failureText(first));
  });
});
