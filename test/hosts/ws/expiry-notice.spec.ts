import { expect } from 'chai';
import { SeededRandom } from '../../../adapters/memory/seeded-random.js';
import { expiryNoticeAt } from '../../../hosts/ws/expiry-notice.js';
import { contractLimits } from '../../../hosts/ws/ws-limits.js';

describe('The notice that a token ends', () => {
  it('comes to 20,000 sockets with one expiry evenly between 45 and 25 seconds before', () => {
    const expiresAt = 1_800_000_000_000;
    const random = new SeededRandom({ seed: 20_000 });
    const leads = Array.from({ length: 20_000 }, () => expiresAt - expiryNoticeAt(expiresAt, random, contractLimits));
    expect(Math.min(...leads)).to.be.at.least(25_000);
    expect(Math.max(...leads)).to.be.at.most(45_000);
    const byHalfSecond = Map.groupBy(leads, (lead) => Math.floor(lead / 500)).values();
    const counts = Array.from(byHalfSecond, (group) => group.length);
    expect(counts, 'half seconds from 25.5 to 45').to.have.lengthOf(39);
    // 513 on average; six standard deviations of a binomial count
    for (const count of counts) expect(count).to.be.within(513 - 135, 513 + 135);
  });
});
