import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { transactionPlaces } from '../../../../adapters/mikro-orm/mysql/transaction-places.js';
import { AuthError } from '../../../../core/domain/auth-error.js';

describe('Places for transactions', () => {
  it('let so many run at once, first come, first served', async () => {
    const places = transactionPlaces(2);
    const order: number[] = [];
    let [running, max] = [0, 0];
    await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        places.run(async () => {
          order.push(index);
          running += 1;
          max = Math.max(max, running);
          await delay(5);
          running -= 1;
        }),
      ),
    );
    expect({ max, order }).to.deep.equal({ max: 2, order: [0, 1, 2, 3, 4, 5, 6, 7] });
  });

  it('refuse a transaction that has waited for a second, and give no place to it', async () => {
    const places = transactionPlaces(1);
    const { promise, resolve } = Promise.withResolvers<void>();
    const first = places.run(() => promise);
    const refusal = await places.run(async () => 'ran').catch((error: unknown) => error);
    expect(refusal).to.be.instanceOf(AuthError).with.property('code', 'dependency_unavailable');
    resolve();
    await first;
    expect(await places.run(async () => 'ran')).to.equal('ran');
  });

  it('are free again after a transaction that failed', async () => {
    const places = transactionPlaces(1);
    for (let round = 0; round < 3; round += 1) await places.run(() => Promise.reject(new Error('broken'))).catch(() => {});
    expect(await places.run(async () => 'ran')).to.equal('ran');
  });
});
