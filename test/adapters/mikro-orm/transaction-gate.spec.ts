import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { TransactionGate } from '../../../adapters/mikro-orm/mysql/transaction-gate.js';
import { AuthError } from '../../../core/domain/auth-error.js';

describe('TransactionGate', () => {
  it('lets so many run at once, first come, first served', async () => {
    const gate = new TransactionGate({ most: 2, waitMs: 5000 });
    const order: number[] = [];
    let [running, most] = [0, 0];
    await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        gate.run(async () => {
          order.push(index);
          running += 1;
          most = Math.max(most, running);
          await delay(5);
          running -= 1;
        }),
      ),
    );
    expect({ most, order }).to.deep.equal({ most: 2, order: [0, 1, 2, 3, 4, 5, 6, 7] });
  });

  it('refuses whoever has waited too long, and hands no place to him', async () => {
    const gate = new TransactionGate({ most: 1, waitMs: 50 });
    const { promise, resolve } = Promise.withResolvers<void>();
    const first = gate.run(() => promise);
    const refusal = await gate.run(async () => 'ran').catch((error: unknown) => error);
    expect(refusal).to.be.instanceOf(AuthError).with.property('code', 'dependency_unavailable');
    resolve();
    await first;
    expect(await gate.run(async () => 'ran')).to.equal('ran');
  });

  it('frees the place of a transaction that failed', async () => {
    const gate = new TransactionGate({ most: 1, waitMs: 50 });
    for (let round = 0; round < 3; round += 1) await gate.run(() => Promise.reject(new Error('broken'))).catch(() => {});
    expect(await gate.run(async () => 'ran')).to.equal('ran');
  });
});
