import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import type { SlowHash } from '../../../adapters/legacy-passwords/threads/slow-hash.js';
import { SlowHashThreads } from '../../../adapters/legacy-passwords/threads/slow-hash-threads.js';
import { atOnce, rejection } from '../../kit/contracts/support/samples.js';
import { itInTime } from '../../support/it-in-time.js';

describe('the threads for slow hashes', () => {
  const slow = (rounds: number): SlowHash => ({ kind: 'sha-crypt', algorithm: 'sha512', password: 'secret', salt: 'salt', rounds });
  // openssl passwd -6 -salt salt secret
  const digest = 'egUxKNxDs8kPfh8iPMNcosMhb2eWah6d3R44JDm5Rj/j/XWR5E33QPd0YmHXoDHOIDR6kL5D3JcQcz0O8FHE00';

  itInTime('leave the event loop free while they compute', async () => {
    const threads = new SlowHashThreads({ size: 2 });
    await threads.compute(slow(1000)); // the first one starts its thread
    let [last, longest] = [performance.now(), 0];
    const tick = () => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    };
    const timer = setInterval(tick, 1);
    const startedAt = performance.now();
    await atOnce(2, () => threads.compute(slow(300_000)));
    tick(); // a loop that was never free let no timer run
    clearInterval(timer);
    expect(longest).to.be.lessThan((performance.now() - startedAt) / 3);
  });

  it('compute no more at once than there are, first come, first served', async () => {
    const threads = new SlowHashThreads({ size: 1 });
    const order: number[] = [];
    const digests = await atOnce(6, async (index) => {
      const computed = await threads.compute(slow(5000));
      order.push(index);
      return computed;
    });
    expect(order).to.deep.equal([0, 1, 2, 3, 4, 5]);
    expect(new Set(digests)).to.deep.equal(new Set([digest]));
  });

  it('fail the hash that cannot be computed, and no other', async () => {
    const threads = new SlowHashThreads({ size: 1 });
    // Not of the type: something that makes the thread throw.
    const impossible = { ...slow(1), password: null } as unknown as SlowHash;
    const [before, failed, after] = [threads.compute(slow(5000)), rejection(threads.compute(impossible)), threads.compute(slow(5000))];
    expect(await before).to.equal(digest);
    expect(await failed).to.be.instanceOf(TypeError);
    expect(await after).to.equal(digest);
  });

  it('let the process end when they have nothing to do, and not before', () => {
    const module = new URL('../../../adapters/legacy-passwords/threads/slow-hash-threads.js', import.meta.url).href;
    const script = `
      const { SlowHashThreads } = await import('${module}');
      const threads = new SlowHashThreads({ size: 2 });
      console.log(await threads.compute({ kind: 'phpass', password: 'secret', salt: 'saltsalt', rounds: 8192 }));`;
    const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect(stdout).to.match(/^[./0-9A-Za-z]{22}\n$/);
    expect(status).to.equal(0);
  });
});
