import { expect } from 'chai';
import { sessionIdFrom } from '../../../../core/domain/ids.js';
import type { ClosedConnections } from '../../../../core/ports/live/closed-connections.js';
import { globalRunner, type TestRunner } from '../../runner/test-runner.js';

export interface ClosedConnectionsHarness {
  /** Two processes that share the counts. */
  readonly counters: readonly [ClosedConnections, ClosedConnections];
  dispose(): Promise<void>;
}

const session = (number: number) => sessionIdFrom(1_772_600_000_000, new Uint8Array(10).fill(number));

/** The contract of every `ClosedConnections`. */
export function closedConnectionsContract(
  name: string,
  open: () => Promise<ClosedConnectionsHarness>,
  runner: TestRunner = globalRunner(),
): void {
  const { describe, it, beforeEach, afterEach } = runner;
  describe(`the contract of ClosedConnections: ${name}`, () => {
    let harness: ClosedConnectionsHarness;
    beforeEach(async () => {
      harness = await open();
    });
    afterEach(() => harness.dispose());

    it('adds up the connections that any process closed, only for these sessions', async () => {
      const [here, there] = harness.counters;
      await here.add(session(1), 2);
      await there.add(session(1), 1);
      await there.add(session(2), 4);
      await here.add(session(3), 8);
      expect(await here.settledCount([session(1), session(2), session(4)])).to.equal(7);
      expect(await there.settledCount([])).to.equal(0);
    });

    it('counts connections that close while it waits', async () => {
      const [here, there] = harness.counters;
      const adding = there.add(session(5), 3);
      expect(await here.settledCount([session(5)])).to.equal(3);
      await adding;
    });
  });
}
