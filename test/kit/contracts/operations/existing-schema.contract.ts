import { expect } from 'chai';
import type { SurveyedAccount } from '../../../../core/ports/operations/existing-schema.js';
import { globalRunner, type TestRunner } from '../../runner/test-runner.js';
import { t0 } from '../support/samples.js';
import type { OpenStore } from '../support/store-harness.js';
import { useStore } from '../support/use-store.js';

/** The contract of every `ExistingSchema`, on tables that fit their mapping. */
export function existingSchemaContract(name: string, open: OpenStore, runner: TestRunner = globalRunner()): void {
  const { describe, it } = runner;
  describe(`${name} as tables of another application`, () => {
    const store = useStore(open, runner);
    const schema = () => store().existingSchema;

    const allAccounts = () =>
      schema().view(async (view) => {
        const accounts: SurveyedAccount[] = [];
        for await (const batch of view.accounts()) accounts.push(...batch);
        return accounts;
      });

    it('are read account by account, each once, with its address as it is stored and the hash in force', async () => {
      expect(await allAccounts()).to.deep.equal([]);
      const zoe = await store().addUser({ email: 'Zoe@Example.org', passwordHash: 'one' });
      const ana = await store().addUser({ email: 'ana@example.org', passwordHash: 'two' });
      const credential = await store().stores.credentials.findByUser(ana);
      expect(credential && (await store().stores.credentials.replace(credential, 'three'))).to.equal(true);
      expect(await allAccounts()).to.have.deep.members([
        { id: zoe, isServed: true, email: 'Zoe@Example.org', hashes: ['one'] },
        { id: ana, isServed: true, email: 'ana@example.org', hashes: ['three'] },
      ]);
    });

    it('have active accounts counted whose address other accounts also have, in any case and with blanks around it', async () => {
      await store().allowDuplicateEmails();
      const ids = [];
      for (const email of ['zoe@example.org', 'ZOE@example.org', ' zoe@example.org ', 'ana@example.org', 'eve@example.org']) {
        ids.push(await store().addUser({ email }));
      }
      for (const email of ['ana@example.org', 'ANA@example.org\r']) await store().addUser({ email, isEnabled: false });
      const { shared, outOfReach } = await schema().view((view) => view.addresses());
      expect(shared.count).to.equal(3);
      expect(shared.ids).to.have.length.within(1, 5);
      expect(ids.slice(0, 3)).to.include.members([...shared.ids]);
      expect(outOfReach).to.deep.equal({ count: 0, ids: [] });
      expect(await schema().view((view) => view.orphans())).to.deep.equal({ credentials: 0, subscriptions: 0 });
      expect(await schema().view((view) => view.unreadablePeriods())).to.equal(0);
    });

    it('have accounts counted whose addresses are one in any spelling: each once', async () => {
      await store().allowDuplicateEmails();
      const add = async (...emails: readonly string[]) => {
        for (const email of emails) await store().addUser({ email });
      };
      const count = () => schema().view(async (view) => (await view.addresses()).shared.count);
      await add('cr@example.org\r', 'cr@example.org', 'one@example.org\r', 'tab@example.org\t', '\u00a0tab@example.org');
      expect(await count()).to.equal(4);
      await add('cr@example.org\n', 'CR@example.org', 'idn@m\u00fcnchen.example', 'idn@xn--mnchen-3ya.example');
      expect(await count()).to.equal(8);
      await add('dot@example.org', 'dot@example.org.');
      expect(await count()).to.equal(10);
    });

    it('have nothing against their mapping that would be an error', async () => {
      const findings = await schema().view((view) => view.definitionFindings());
      const codes = findings.map(({ code }) => code);
      for (const code of ['table_missing', 'column_missing', 'type_unfit', 'key_unfit', 'value_needed', 'right_missing']) {
        expect(codes).not.to.include(code);
      }
    });

    it('have fingerprints that rows do not change, and that are stored in place of others or only where none is', async () => {
      const { existingSchema: tables, addUser } = store();
      const before = await tables.definitions();
      expect(before.map(({ table }) => table)).not.to.deep.equal([]);
      for (const { fingerprint } of before) expect(fingerprint).to.match(/^[0-9a-f]{64}$/);
      await tables.keep(before, t0, 'replace');
      await addUser({ email: 'zoe@example.org', passwordHash: 'one' });
      expect(await tables.definitions()).to.deep.equal(before.map((one) => ({ ...one, kept: one.fingerprint })));
      const others = before.map((one) => ({ ...one, fingerprint: 'f'.repeat(64) }));
      await tables.keep(others, t0, 'if_none');
      expect((await tables.definitions())[0]?.kept).to.equal(before[0]?.fingerprint);
      await tables.keep(others, t0, 'replace');
      expect((await tables.definitions())[0]).to.deep.equal({ ...before[0], kept: 'f'.repeat(64) });
    });
  });
}
