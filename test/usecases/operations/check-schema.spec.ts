import { expect } from 'chai';
import { MemoryExistingSchema } from '../../../adapters/memory/operations/memory-existing-schema.js';
import { userId } from '../../../core/domain/ids.js';
import { schemaFinding, severityOf } from '../../../core/domain/operations/schema-finding.js';
import { CheckSchema } from '../../../core/usecases/operations/check-schema.js';
import { WatchDefinitions } from '../../../core/usecases/operations/watch-definitions.js';
import { makeWorld } from '../../kit/make-world.js';

function worldWith(...findings: ReturnType<typeof schemaFinding>[]) {
  const world = makeWorld();
  const existingSchema = new MemoryExistingSchema({ space: world.database, findings });
  existingSchema.fingerprints.set('users', 'a'.repeat(64)).set('abonnement', 'b'.repeat(64));
  const put = async (id: number, email: string, passwordHash?: string) => {
    const user = { id: userId(id), email, firstName: null, lastName: null, phone: null, createdAt: null, isEnabled: true };
    await world.database.putAccount(passwordHash === undefined ? { user } : { user, passwordHash });
  };
  const ports = { ...world, existingSchema };
  return { world: ports, put, check: (accept = false) => new CheckSchema(ports).execute({ accept }) };
}

describe('A check of the tables', () => {
  it('counts formats, and reports accounts that cannot log in', async () => {
    const { world, put, check } = worldWith();
    await put(1, 'ana@example.org', await world.hasher.hash('secret'));
    await put(2, 'eve@example.org', 'nonsense');
    await put(3, 'nobody', await world.hasher.hash('secret'));
    await put(4, 'new@example.org');
    for (let id = 10; id < 20; id += 1) await put(id, ` Twin@example.org`, 'nonsense');
    const { survey, findings, counts } = await check();
    expect(survey?.accounts).to.equal(14);
    expect(survey?.hashes).to.deep.equal([
      { scheme: 'unknown', count: 11 },
      { scheme: 'memory', count: 2 },
    ]);
    const counted = findings.filter(({ count }) => count !== null).map(({ code, count, ids }) => [code, count, ids.length]);
    expect(counted).to.have.deep.members([
      ['hash_unknown', 11, 5],
      ['address_unusable', 1, 1],
      ['credential_missing', 1, 1],
      ['address_ambiguous', 10, 5],
    ]);
    expect(counts).to.deep.equal({ error: 0, warning: 3, info: 3 });
  });

  it('leaves the rows alone where a definition does not fit, but not where only a right to write is missing', async () => {
    const broken = await worldWith(schemaFinding('column_missing', 'x', { table: 'users' })).check();
    expect(broken.survey).to.equal(null);
    expect(broken.findings.map(({ code }) => code)).to.include('rows_unread');
    const unwritable = await worldWith(schemaFinding('right_missing', 'x', { table: 'users' })).check();
    expect(unwritable.survey).to.include({ accounts: 0 });
  });

  it('reports the most important finding first', async () => {
    const { check } = worldWith(
      schemaFinding('charset_narrow', 'x'),
      schemaFinding('no_transactions', 'x'),
      schemaFinding('right_missing', 'x'),
    );
    const severities = (await check()).findings.map(severityOf);
    expect(severities).to.deep.equal(['error', 'warning', 'info', 'info', 'info']);
  });

  it('reports a definition that changed, until it is accepted', async () => {
    const { world, check } = worldWith();
    const codes = async (accept = false) => (await check(accept)).findings.map(({ code, table }) => `${code} ${table}`);
    expect(await codes()).to.deep.equal(['definition_unknown users', 'definition_unknown abonnement']);
    expect(await codes(true)).to.deep.equal([]);
    world.existingSchema.fingerprints.set('users', 'c'.repeat(64));
    expect(await codes()).to.deep.equal(['definition_changed users']);
    expect(await codes(true)).to.deep.equal([]);
    expect(await codes()).to.deep.equal([]);
  });
});

describe('A start', () => {
  it('keeps the definitions that it sees for the first time, warns of each that changed, and refuses nothing', async () => {
    const { world } = worldWith();
    const watch = new WatchDefinitions(world);
    expect(await watch.execute()).to.deep.equal([]);
    world.existingSchema.fingerprints.set('users', 'c'.repeat(64)).set('third', 'd'.repeat(64));
    expect(await watch.execute()).to.deep.equal(['users']);
    expect(await watch.execute()).to.deep.equal(['users']);
    const warnings = world.logger.entries.filter(({ level }) => level === 'warn');
    expect(warnings).to.have.lengthOf(2);
    expect(warnings[0]).to.deep.include({ fields: { table: 'users' } });
  });

  it('continues when the definitions cannot be read, with a warning', async () => {
    const { world } = worldWith();
    const fail = () => Promise.reject(new Error('no right'));
    const existingSchema = { definitions: fail, view: fail, keep: fail };
    expect(await new WatchDefinitions({ ...world, existingSchema }).execute()).to.deep.equal([]);
    expect(world.logger.entries.map(({ level }) => level)).to.deep.equal(['warn']);
  });
});
