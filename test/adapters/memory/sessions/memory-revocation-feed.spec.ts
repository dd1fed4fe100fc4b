import { expect } from 'chai';
import { ManualScheduler } from '../../../../adapters/memory/manual-scheduler.js';
import { MemoryLogger } from '../../../../adapters/memory/operations/memory-logger.js';
import { MemoryRevocationFeed } from '../../../../adapters/memory/sessions/memory-revocation-feed.js';
import { RecordingListener } from '../../../kit/contracts/support/recording-listener.js';

describe('The feed of revocations in memory', () => {
  it('calls heard when a follower starts, and then at the scheduler’s interval', async () => {
    const scheduler = new ManualScheduler();
    const listener = new RecordingListener();
    const following = await new MemoryRevocationFeed({ scheduler, logger: new MemoryLogger() }).follow(listener);
    expect(listener.heardTimes).to.have.length(1);
    await scheduler.advance(1000);
    expect(listener.heardTimes).to.have.length(5);
    await following.stop();
    expect(scheduler.size).to.equal(0);
  });
});
