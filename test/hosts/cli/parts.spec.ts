import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { AuthError } from '../../../core/domain/auth-error.js';
import { errorCodes } from '../../../core/domain/error-code.js';
import type { PlainCode } from '../../../core/domain/refusal-details.js';
import type { HashCost } from '../../../hosts/cli/cli-actions.js';
import { failureText } from '../../../hosts/cli/failure-text.js';
import { findingAdvice } from '../../../hosts/cli/operations/finding-advice.js';
import { operatorName } from '../../../hosts/cli/operator-name.js';
import { pointInTime, wholeNumber } from '../../../hosts/cli/options.js';
import { calibrate } from '../../../hosts/cli/passwords/calibrate.js';
import { projectRoot } from '../../support/project-root.js';

describe('The options of the command line', () => {
  it('take whole numbers within bounds and nothing else', () => {
    expect(wholeNumber(1, 1000)('0042')).to.equal(42);
    for (const text of ['0', '1001', '-1', '1.5', '1e2', ' 1', '', '１', '0x10', '9'.repeat(20)]) {
      expect(() => wholeNumber(1, 1000)(text), text).to.throw('whole number from 1 to 1000');
    }
  });

  it('take points in time as they are written, and ages', () => {
    expect(pointInTime('2026-01-31T12:00:00Z')).to.equal(Date.UTC(2026, 0, 31, 12));
    expect(pointInTime('2026-01-31 13:00:00+01:00')).to.equal(Date.UTC(2026, 0, 31, 12));
    expect(pointInTime('2026-01-31')).to.equal(new Date(2026, 0, 31).getTime());
    for (const [text, ms] of [
      ['90s', 90_000],
      ['15m', 900_000],
      ['2h', 7_200_000],
      ['7d', 604_800_000],
      ['1w', 604_800_000],
    ] as const) {
      const then = pointInTime(text);
      expect(Date.now() - then, text).to.be.within(ms, ms + 1000);
    }
    for (const text of ['yesterday', '', '2026', '31.01.2026', '2026-13-01', '-2h', '2 h', '1y', '2026-01-31T25:00Z']) {
      expect(() => pointInTime(text), text).to.throw('It wants a time');
    }
  });
});

describe('The operator', () => {
  it('is whom a script acts for, else who called sudo, else the account of the system', () => {
    expect(operatorName({ MOVE_ACCES_OPERATOR: 'éloïse', SUDO_USER: 'bob' })).to.equal('admin:éloïse');
    expect(operatorName({ MOVE_ACCES_OPERATOR: ' ', SUDO_USER: 'bob' })).to.equal('admin:bob');
    expect(operatorName({})).to.match(/^admin:[^:\s]+$/);
    expect(operatorName({ SUDO_USER: 'a\nb\u001b' })).to.equal('admin:a b');
    expect(operatorName({ SUDO_USER: 'x'.repeat(500) })).to.have.lengthOf(106);
  });
});

describe('A failure', () => {
  const lines = (error: unknown) => failureText(error).lines;
  const fault = (code: string, detail: string) =>
    Object.assign(new Error(`database error ${code}: ${detail}`), { name: 'DatabaseFault', code });

  it('has one sentence for every refusal there is', () => {
    // a cast: codes that carry a detail have a sentence without it as well
    const bare = (code: string) => new AuthError(code as PlainCode);
    for (const code of errorCodes) expect(lines(bare(code))[0], code).to.match(/^[A-Z][^\n]*\.$/);
  });

  it('names the database where it was the database, and says what can be done', () => {
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

  it('tells what is wrong with the input', () => {
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

  it('is the first one, whatever failed after it', () => {
    const first = new AuthError('overloaded');
    expect(failureText(new SuppressedError(new Error('closing'), first))).to.deep.equal(failureText(first));
  });
});

describe('Calibrating hashes', () => {
  const machine = (msPerPass: number, noise = 0) => {
    let call = 0;
    return ({ memoryKib, timeCost }: HashCost) => {
      call += 1;
      return Promise.resolve((msPerPass * timeCost * memoryKib) / 19_456 + (call % 2) * noise + 1);
    };
  };
  const fewestPasses = () => 2;

  it('finds the most passes within the time', async () => {
    for (const [msPerPass, targetMs] of [
      [10, 100],
      [3, 250],
      [0.5, 30],
      [9.7, 100],
    ] as const) {
      const { recommended, isWithinTarget } = await calibrate(
        { targetMs, memoryKib: 19_456 },
        { measureHash: machine(msPerPass), fewestPasses },
      );
      expect(isWithinTarget).to.equal(true);
      expect(recommended.ms).to.be.at.most(targetMs);
      const most = Math.min(100, Math.floor((targetMs - 1) / msPerPass));
      expect(recommended.cost.timeCost).to.be.within(most - 1, most);
    }
  });

  it('never recommends what is not accepted, and says that it takes longer', async () => {
    const calibration = await calibrate({ targetMs: 5, memoryKib: 19_456 }, { measureHash: machine(10), fewestPasses });
    expect(calibration).to.include({ isWithinTarget: false });
    expect(calibration.recommended.cost).to.deep.equal({ memoryKib: 19_456, timeCost: 2, parallelism: 1 });
  });

  it('ends also on a machine that is never the same', async () => {
    const { measurements } = await calibrate({ targetMs: 100, memoryKib: 19_456 }, { measureHash: machine(5, 40), fewestPasses });
    expect(measurements.length).to.be.at.most(8);
  });
});

describe('The advice of a check of the tables', () => {
  it('is there for everything that can be found, and names no document that does not exist', () => {
    const root = projectRoot();
    for (const [code, advice] of Object.entries(findingAdvice)) {
      expect(advice, code).to.match(/^[A-Z].{10,}[^ ]$/);
      for (const path of advice.match(/docs\/[\w.-]+\w/g) ?? []) expect(existsSync(join(root, path)), path).to.equal(true);
    }
  });
});
