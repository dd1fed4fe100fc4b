import { expect } from 'chai';
import { GroupCommit, type GroupCommitOptions } from '../../../../adapters/mikro-orm/batched/commits.js';
import { DatabaseFault, type FaultKind } from '../../../../adapters/mikro-orm/sql/database-fault.js';
import { type AuditEvent, auditEvent } from '../../../../core/domain/audit/audit-event.js';
import { AuthError } from '../../../../core/domain/auth-error.js';
import type { SessionId } from '../../../../core/domain/ids.js';
import type { Stores, UnitOfWork } from '../../../../core/ports/unit-of-work.js';
import { openMemoryStore } from '../../../kit/contracts/support/memory-harness.js';
import { newSessionId, origin, t0 } from '../../../kit/contracts/support/samples.js';

const faultOf = (kind: FaultKind) => new AuthError('dependency_unavailable', { cause: new DatabaseFault({ kind, code: kind }) });

interface Mishaps {
  /** What a commit fails with. */
  readonly commit?: unknown;
  /** What BEGIN fails with. */
  readonly begin?: unknown;
  /** What the statement fails with that locks the rows of sessions. */
  readonly lock?: unknown;
  /** What the statement fails with that writes the rows of the audit log. */
  readonly audit?: unknown;
  readonly locked?: readonly SessionId[];
}

/** A group commit over a database that fails with the given errors, and a log of the database's calls. */
async function groupCommit({ commit, begin, lock, audit, locked = [] }: Mishaps = {}) {
  const { stores } = await openMemoryStore();
  const log: string[] = [];
  const written: (readonly AuditEvent[])[] = [];
  const fail = (error: unknown) => (error === undefined ? Promise.resolve() : Promise.reject(error));
  const recordAll = async (events: readonly AuditEvent[]) => {
    written.push(events);
    await fail(audit);
  };
  const shared: Stores = { ...stores, audit: { record: (event) => recordAll([event]), recordAll } };
  const options: GroupCommitOptions = {
    begin: async (work) => {
      await fail(begin);
      try {
        await work({
          stores: shared,
          lockFree: async (ids) => {
            await fail(lock);
            return new Set(ids.filter((id) => !locked.includes(id)));
          },
        });
      } catch (error) {
        log.push('rollback');
        throw error;
      }
      log.push('commit');
      await fail(commit);
    },
    alone: logged('alone', stores),
    heldUp: logged('held up', stores),
  };
  function logged(name: string, own: Stores): UnitOfWork {
    return {
      run: (work) => {
        log.push(name);
        return work(own);
      },
    };
  }
  return { unitOfWork: new GroupCommit(options), log, written };
}

/** Runs a unit on each session at once; returns for each its result, or what it rejected with, and how often its work ran. */
async function runAll(
  { unitOfWork }: { readonly unitOfWork: UnitOfWork },
  ids: readonly SessionId[],
  work: (index: number, stores: Stores) => Promise<unknown> = async (index) => index,
  signals: readonly (AbortSignal | undefined)[] = [],
) {
  const runs = ids.map(() => 0);
  const settled = await Promise.allSettled(
    ids.map((sessionId, index) => {
      const signal = signals[index];
      const counted = (stores: Stores) => {
        runs[index] = (runs[index] ?? 0) + 1;
        return work(index, stores);
      };
      return unitOfWork.run(counted, { sessionId, ...(signal && { signal }) });
    }),
  );
  return { runs, ends: settled.map((end) => (end.status === 'fulfilled' ? end.value : end.reason)) };
}

const event = auditEvent({ occurredAt: t0, event: 'refresh', outcome: 'success', origin });
const ids = [newSessionId(), newSessionId(), newSessionId()] as const;

describe('A group of units of work', () => {
  it('that all succeed has one commit, one statement for the audit log, and each its own result', async () => {
    const group = await groupCommit();
    const { ends } = await runAll(group, ids, async (index, { audit }) => {
      await audit.record(event);
      await audit.recordAll([event]);
      return index;
    });
    expect(ends).to.deep.equal([0, 1, 2]);
    expect(group.log).to.deep.equal(['commit']);
    expect(group.written.map((rows) => rows.length)).to.deep.equal([6]);
  });

  it('is left before any work begins by a unit whose row another transaction has locked', async () => {
    const group = await groupCommit({ locked: [ids[1]] });
    const { runs, ends } = await runAll(group, ids);
    expect({ runs, ends }).to.deep.equal({ runs: [1, 1, 1], ends: [0, 1, 2] });
    expect(group.log).to.deep.equal(['commit', 'held up']);
  });

  it('of which one refuses is rolled back: that one rejects, and the others run alone', async () => {
    const group = await groupCommit();
    const refusal = new AuthError('forbidden');
    const { runs, ends } = await runAll(group, ids, (index) => (index === 1 ? Promise.reject(refusal) : Promise.resolve(index)));
    expect({ runs, ends }).to.deep.equal({ runs: [2, 1, 2], ends: [0, refusal, 2] });
    expect(group.log).to.deep.equal(['rollback', 'alone', 'alone']);
  });

  it('of which one is given up while others work is rolled back: that one rejects, and the others run alone', async () => {
    const group = await groupCommit();
    const gone = new AbortController();
    const work = async (index: number) => {
      if (index === 2) setTimeout(() => gone.abort(), 5);
      if (index === 2) await new Promise((resolve) => setTimeout(resolve, 20));
      return index;
    };
    const { ends } = await runAll(group, ids, work, [gone.signal]);
    expect(ends[0]).to.include({ code: 'dependency_unavailable' });
    expect(ends.slice(1)).to.deep.equal([1, 2]);
    expect(group.log).to.deep.equal(['rollback', 'alone', 'alone']);
  });

  it('whose rows of the audit log cannot be written is rolled back, and each runs alone', async () => {
    for (const audit of [
      faultOf('unavailable'),
      new AuthError('dependency_unavailable'),
      new DatabaseFault({ kind: 'unfit', code: 'X' }),
    ]) {
      const group = await groupCommit({ audit });
      const { runs, ends } = await runAll(group, ids, async (index, stores) => {
        await stores.audit.record(event);
        return index;
      });
      expect({ runs, ends }).to.deep.equal({ runs: [2, 2, 2], ends: [0, 1, 2] });
      expect(group.log).to.deep.equal(['rollback', 'alone', 'alone', 'alone']);
    }
  });

  it('that meets contention is rolled back, and each runs alone', async () => {
    let isFirst = true;
    const deadlocked = (index: number) => {
      if (index !== 1 || !isFirst) return Promise.resolve(index);
      isFirst = false;
      return Promise.reject(faultOf('contention'));
    };
    const group = await groupCommit();
    expect(await runAll(group, ids, deadlocked)).to.deep.equal({ runs: [2, 2, 2], ends: [0, 1, 2] });
    expect(group.log).to.deep.equal(['rollback', 'alone', 'alone', 'alone']);
    const inGalera = await groupCommit({ commit: faultOf('contention') });
    expect(await runAll(inGalera, ids)).to.deep.equal({ runs: [2, 2, 2], ends: [0, 1, 2] });
    expect(inGalera.log).to.deep.equal(['commit', 'alone', 'alone', 'alone']);
  });

  it('without a connection rejects as each unit would', async () => {
    const failure = faultOf('unavailable');
    for (const mishap of [{ begin: failure }, { lock: failure }]) {
      const group = await groupCommit(mishap);
      expect(await runAll(group, ids)).to.deep.equal({ runs: [0, 0, 0], ends: [failure, failure, failure] });
    }
  });

  it('whose commit is unknown rejects, and runs no work again', async () => {
    for (const commit of [faultOf('unavailable'), new Error('connection lost')]) {
      const group = await groupCommit({ commit, locked: [ids[2]] });
      expect(await runAll(group, ids)).to.deep.equal({ runs: [1, 1, 1], ends: [commit, commit, 2] });
      expect(group.log, 'a unit that left before is not concerned').to.deep.equal(['commit', 'held up']);
    }
  });

  it('never has two units on one session, and a unit that comes alone has a transaction to itself', async () => {
    const group = await groupCommit();
    const { ends } = await runAll(group, [ids[0], ids[0], ids[0]]);
    expect(ends).to.deep.equal([0, 1, 2]);
    expect(group.log).to.deep.equal(['alone', 'alone', 'alone']);
  });

  it('is not formed any more on a server that cannot skip locked rows', async () => {
    const group = await groupCommit({ lock: new DatabaseFault({ kind: 'other', code: 'ER_PARSE_ERROR' }) });
    expect((await runAll(group, ids)).ends).to.deep.equal([0, 1, 2]);
    expect((await runAll(group, ids)).ends).to.deep.equal([0, 1, 2]);
    expect(group.log).to.deep.equal(['rollback', ...Array.from({ length: 6 }, () => 'alone')]);
  });
});
