import { expect } from 'chai';
import { eventBatcher } from '../../../../adapters/redis/live/event-batcher.js';
import { AuthError } from '../../../../core/domain/auth-error.js';
import { userId } from '../../../../core/domain/ids.js';
import type { NewEvent } from '../../../../core/domain/live/live-event.js';
import { event } from '../../../kit/contracts/live/event-bus.contract.js';

/** A batcher, and the events of each of its calls. A call fails when `fails` returns true for its events. */
function openBatcher({ fails = () => false }: { readonly fails?: (events: readonly NewEvent[]) => boolean } = {}) {
  const calls: string[][] = [];
  let offset = 0;
  const append = async (events: readonly NewEvent[]) => {
    calls.push(events.map(({ name }) => name));
    if (fails(events)) throw new AuthError('dependency_unavailable');
    return events.map(() => ({ epoch: 'a', offset: ++offset }));
  };
  const batcher = eventBatcher({ streams: { append }, maxEvents: 3 });
  return { calls, publish: (name: string) => batcher.add(event(userId('1'), name)) };
}

describe('The batcher of events', () => {
  it('publishes the events of one turn in one call, and those of the next in another', async () => {
    const { calls, publish } = openBatcher();
    expect(await Promise.all([publish('a'), publish('b')])).to.deep.equal([
      { epoch: 'a', offset: 1 },
      { epoch: 'a', offset: 2 },
    ]);
    await publish('c');
    expect(calls).to.deep.equal([['a', 'b'], ['c']]);
  });

  it('makes no call larger than it may be', async () => {
    const { calls, publish } = openBatcher();
    await Promise.all(['a', 'b', 'c', 'd'].map(publish));
    expect(calls).to.deep.equal([['a', 'b', 'c'], ['d']]);
  });

  it('refuses those whose call failed, and no others', async () => {
    const { publish } = openBatcher({ fails: ([first]) => first?.name === 'a' });
    const ends = await Promise.allSettled(['a', 'b', 'c', 'd'].map(publish));
    expect(ends.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected', 'rejected', 'fulfilled']);
  });
});
