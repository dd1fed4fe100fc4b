import { expect } from 'chai';
import { sessionIdFrom, userId } from '../../../../core/domain/ids.js';
import type { ConnectionIdentity, TicketStore } from '../../../../core/ports/sessions/ticket-store.js';
import { globalRunner, type TestRunner } from '../../runner/test-runner.js';

export interface TicketStoreHarness {
  /** Two processes that share the stored tickets. */
  readonly stores: readonly [TicketStore, TicketStore];
  letPass(ms: number): Promise<void>;
  dispose(): Promise<void>;
}

const identity: ConnectionIdentity = {
  userId: userId('7'),
  sessionId: sessionIdFrom(1_772_600_000_000, new Uint8Array(10).fill(3)),
  expiresAt: 1_772_600_900_000,
};

/** The contract of every `TicketStore`. */
export function ticketStoreContract(name: string, open: () => Promise<TicketStoreHarness>, runner: TestRunner = globalRunner()): void {
  const { describe, it, itInTime = it, beforeEach, afterEach } = runner;
  describe(`the contract of TicketStore: ${name}`, () => {
    let harness: TicketStoreHarness;
    beforeEach(async () => {
      harness = await open();
    });
    afterEach(() => harness.dispose());

    it('returns in one process a ticket that was stored in another', async () => {
      const [here, there] = harness.stores;
      await here.put('ticket-1', identity, 30);
      expect(await there.take('ticket-1')).to.deep.equal(identity);
    });

    it('returns a ticket once, however many callers take it at once', async () => {
      const [here, there] = harness.stores;
      await here.put('ticket-2', identity, 30);
      const asked = await Promise.all(Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? here : there).take('ticket-2')));
      expect(asked.filter((taken) => taken !== null)).to.deep.equal([identity]);
      expect(await here.take('ticket-2')).to.equal(null);
    });

    it('returns null for a ticket that was never stored', async () => {
      expect(await harness.stores[0].take('ticket-3')).to.equal(null);
    });

    itInTime('expires a ticket at its time', async () => {
      const [here] = harness.stores;
      await here.put('ticket-4', identity, 0.2);
      await here.put('ticket-5', identity, 30);
      await harness.letPass(250);
      expect(await here.take('ticket-4')).to.equal(null);
      expect(await here.take('ticket-5')).to.deep.equal(identity);
    });
  });
}
