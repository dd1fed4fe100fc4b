import { expect } from 'chai';
import { userId } from '../../../../core/domain/ids.js';
import { mappedServerStore, openMappedSqliteStore } from '../../../contracts/support/mapped-harness.js';
import type { OpenStore } from '../../../kit/contracts/support/store-harness.js';
import { useStore } from '../../../kit/contracts/support/use-store.js';
import { fullExamples, schemaMapExample } from '../../../support/schema-map-example.js';

function withoutSubscriptions(title: string, open: OpenStore): void {
  describe(title, () => {
    const store = useStore(open);

    it('reads no periods for any user', async () => {
      const id = await store().addUser({ email: 'zoe@example.org' });
      expect(await store().stores.subscriptions.periodsOf(id)).to.deep.equal([]);
      expect(await store().stores.subscriptions.periodsOf(userId('nobody'))).to.deep.equal([]);
    });
  });
}

for (const name of fullExamples) {
  const example = schemaMapExample(name);
  if (example.map.subscriptions !== null) continue;
  describe(`The example mapping ${name}, without a table of subscriptions,`, () => {
    describe('on a server', () => withoutSubscriptions('the server', mappedServerStore(example)));
    withoutSubscriptions('a file', () => openMappedSqliteStore(example));
  });
}
