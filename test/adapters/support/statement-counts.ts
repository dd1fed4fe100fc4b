import type { TestDatabase } from '../../support/servers/test-database.js';

/** How often the server ran each kind of statement (`Com_…` in its status) while `work` ran. */
export async function statementsOf(test: Pick<TestDatabase, 'query'>, work: () => Promise<unknown>): Promise<(kind: string) => number> {
  const counts = async () => {
    const rows = (await test.query(`show global status like 'Com_%'`)) as { readonly Variable_name: string; readonly Value: string }[];
    return new Map(rows.map(({ Variable_name, Value }) => [Variable_name, Number(Value)]));
  };
  const before = await counts();
  await work();
  const after = await counts();
  return (kind) => (after.get(`Com_${kind}`) ?? 0) - (before.get(`Com_${kind}`) ?? 0);
}
