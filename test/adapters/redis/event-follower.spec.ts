import { expect } from 'chai';
import { EventFollower } from '../../../adapters/redis/live/event-follower.js';
import { userId } from '../../../core/domain/ids.js';
import type { JsonText } from '../../../core/domain/json-text.js';
import type { EventPosition, LiveEvent } from '../../../core/domain/live/live-event.js';
import type { EventHistory } from '../../../core/ports/live/event-bus.js';

const event = (offset: number, epoch = 'a'): LiveEvent => ({ epoch, offset, name: 'n', data: 'null' as JsonText, at: 0 });

/** A history that a test writes, and a follower of it. */
function following({ from = 3, pageSize = 100 } = {}) {
  const history = { epoch: 'a', newest: from, oldest: 1, reads: 0, isAway: false };
  const told: string[] = [];
  const look = ({ epoch, offset }: EventPosition): EventHistory => {
    const newest = { epoch: history.epoch, offset: history.newest };
    if (epoch !== history.epoch || offset > history.newest || offset + 1 < history.oldest) return { kind: 'lost', newest };
    const count = Math.min(pageSize, history.newest - offset);
    return { kind: 'found', events: Array.from({ length: count }, (_, index) => event(offset + 1 + index, epoch)), newest };
  };
  /** The response has the state at the time of the request, as over a network. */
  const read = async (place: EventPosition) => {
    history.reads += 1;
    const answer = look(place);
    await Promise.resolve();
    if (history.isAway) throw new Error('away');
    return answer;
  };
  const follower = new EventFollower({
    userId: userId('1'),
    read,
    listener: {
      delivered: (_id, { epoch, offset }) => void told.push(`${epoch}${offset}`),
      lost: (_id, { epoch, offset }) => void told.push(`lost until ${epoch}${offset}`),
    },
  });
  /** As a subscriber does. */
  const hear = async (heard: LiveEvent) => {
    if (!follower.hear(heard)) await follower.catchUp();
  };
  return { history, told, follower, hear };
}

describe('EventFollower', () => {
  it('starts at the end of the stream and reads no history as long as the channel loses nothing', async () => {
    const { history, told, follower, hear } = following();
    await follower.start();
    for (const offset of [4, 5, 6]) await hear(event(offset));
    expect(told).to.deep.equal(['a4', 'a5', 'a6']);
    expect(history.reads).to.equal(1);
    expect(follower.position).to.deep.equal({ epoch: 'a', offset: 6 });
  });

  it('delivers once an event that the channel delivers twice', async () => {
    const { told, follower, hear } = following();
    await follower.start();
    for (const offset of [3, 4, 4, 2, 5]) await hear(event(offset));
    expect(told).to.deep.equal(['a4', 'a5']);
  });

  it('reads from history, page by page, the events that the channel lost', async () => {
    const { history, told, follower, hear } = following({ pageSize: 2 });
    await follower.start();
    history.newest = 8;
    await hear(event(8));
    expect(told).to.deep.equal(['a4', 'a5', 'a6', 'a7', 'a8']);
  });

  it('keeps the order of events that arrive while it reads', async () => {
    const { history, told, follower, hear } = following();
    await follower.start();
    history.newest = 6;
    const reading = hear(event(6));
    history.newest = 8;
    await Promise.all([reading, hear(event(7)), hear(event(8))]);
    expect(told).to.deep.equal(['a4', 'a5', 'a6', 'a7', 'a8']);
  });

  it('reports events that history has lost, and continues after them', async () => {
    const { history, told, follower, hear } = following();
    await follower.start();
    Object.assign(history, { newest: 9, oldest: 8 });
    await hear(event(9));
    await hear(event(10));
    Object.assign(history, { epoch: 'b', newest: 1, oldest: 1 });
    await hear(event(1, 'b'));
    await hear(event(2, 'b'));
    expect(told).to.deep.equal(['lost until a9', 'a10', 'lost until b1', 'b2']);
  });

  it('does not move when history is away, and makes all good once it is back', async () => {
    const { history, told, follower, hear } = following();
    await follower.start();
    Object.assign(history, { newest: 6, isAway: true });
    expect(await hear(event(6)).catch(() => 'rejected')).to.equal('rejected');
    history.isAway = false;
    await follower.catchUp();
    expect(told).to.deep.equal(['a4', 'a5', 'a6']);
  });

  it('reports the position once it is known, when it could not start from it', async () => {
    const { history, told, follower } = following();
    history.isAway = true;
    expect(await follower.start().catch(() => 'rejected')).to.equal('rejected');
    expect(follower.position).to.equal(null);
    history.isAway = false;
    await follower.catchUp();
    expect(told).to.deep.equal(['lost until a3']);
  });
});
