import { expect } from 'chai';
import { MemoryLogger } from '../../../adapters/memory/operations/memory-logger.js';
import { portError } from '../../../adapters/mikro-orm/sql/driver-errors.js';
import { whenReachable } from '../../../hosts/wiring/when-reachable.js';
import { rejection } from '../../kit/contracts/support/samples.js';

/** Fails once with an error of SQLite, and opens then. */
function failingOnce(errcode: number) {
  let attempts = 0;
  return async () => {
    attempts += 1;
    if (attempts === 1) throw portError({ errcode, errstr: 'not now' });
    return 'opened';
  };
}

describe('A start on an embedded database', () => {
  const options = { logger: new MemoryLogger(), waitUntil: new AbortController().signal };

  for (const code of [5, 262]) {
    it(`waits while another process holds the file (${code})`, async () => {
      expect(await whenReachable({ ...options, open: failingOnce(code) })).to.equal('opened');
    });
  }

  for (const code of [8, 14, 26]) {
    it(`ends at once for a file that will not change by itself (${code})`, async () => {
      expect(await rejection(whenReachable({ ...options, open: failingOnce(code) }))).to.have.nested.property(
        'cause.code',
        `SQLITE_${code}`,
      );
    });
  }
});
