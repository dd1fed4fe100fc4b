import { expect } from 'chai';
import { type AuditSeal, noHash } from '../../../../core/domain/audit/audit-seal.js';
import type { AuditSeals } from '../../../../core/ports/audit/audit-seals.js';
import { globalRunner, type TestRunner } from '../../runner/test-runner.js';
import { atOnce } from '../support/samples.js';

export interface SealsHarness {
  readonly seals: AuditSeals;
  dispose(): Promise<void>;
}

const hashOf = (digit: string | number): string => String(digit).repeat(64).slice(0, 64);
const sealAfter = (previousHash: string, hash: string, changes: Partial<AuditSeal> = {}): AuditSeal => ({
  kind: 'rows',
  firstRowId: 1,
  lastRowId: 9_007_199_254_740_990,
  rowCount: 1000,
  rowsHash: hashOf('a'),
  previousHash,
  sealedAt: 1_772_600_767_789,
  hash,
  ...changes,
});

/** The contract of every `AuditSeals`. */
export function auditSealsContract(name: string, open: () => Promise<SealsHarness>, runner: TestRunner = globalRunner()): void {
  const { describe, it, beforeEach, afterEach } = runner;
  describe(`${name} as the seals over an audit log`, () => {
    let harness: SealsHarness;
    beforeEach(async () => {
      harness = await open();
    });
    afterEach(() => harness.dispose());

    it('begins without a head', async () => {
      expect(await harness.seals.head()).to.deep.equal({ seal: null, sealedUpTo: 0, prunedUpTo: 0 });
      expect(await harness.seals.list({ after: 0, limit: 10 })).to.deep.equal([]);
    });

    it('keeps every word of a seal, and shows the newest as the head', async () => {
      const first = sealAfter(noHash, hashOf(1), { lastRowId: 5 });
      const pruned = sealAfter(hashOf(1), hashOf(2), { kind: 'pruned', lastRowId: 3 });
      const third = sealAfter(hashOf(2), hashOf(3), { firstRowId: 6 });
      for (const seal of [first, pruned, third]) expect(await harness.seals.append(seal)).to.equal(true);
      const { seal, sealedUpTo, prunedUpTo } = await harness.seals.head();
      expect(seal).to.deep.include(third);
      expect([sealedUpTo, prunedUpTo]).to.deep.equal([third.lastRowId, 3]);
      const listed = await harness.seals.list({ after: 0, limit: 10 });
      expect(listed.map(({ id: _, ...rest }) => rest)).to.deep.equal([first, pruned, third]);
    });

    it('hands out seals page by page', async () => {
      const hashes = [noHash, ...Array.from('12345', hashOf)];
      for (const [index, hash] of hashes.slice(1).entries()) await harness.seals.append(sealAfter(hashes[index] ?? '', hash));
      const page = await harness.seals.list({ after: 0, limit: 2 });
      const rest = await harness.seals.list({ after: page.at(-1)?.id ?? 0, limit: 10 });
      expect([...page, ...rest].map(({ hash }) => hash)).to.deep.equal(hashes.slice(1));
    });

    it('allows one seal after each seal, however many processes try at once', async () => {
      await harness.seals.append(sealAfter(noHash, hashOf(1)));
      const tries = await atOnce(10, (index) => harness.seals.append(sealAfter(hashOf(1), hashOf('abcdef2345'[index] ?? ''))));
      expect(tries.filter(Boolean)).to.have.length(1);
      expect(await harness.seals.append(sealAfter(noHash, hashOf(9)))).to.equal(false);
      expect(await harness.seals.list({ after: 0, limit: 20 })).to.have.length(2);
    });
  });
}
