import type { UserId } from '../../../core/domain/ids.js';
import type { SchemaFinding } from '../../../core/domain/operations/schema-finding.js';
import type { ExistingSchema, SchemaView, TableDefinition } from '../../../core/ports/operations/existing-schema.js';
import type { MemorySpace } from '../memory-space.js';
import type { MemoryTables } from '../memory-tables.js';

export interface MemoryExistingSchemaOptions {
  readonly space: MemorySpace;
  /** Findings on the definitions. Default: none. */
  readonly findings?: readonly SchemaFinding[];
}

const sampleSize = 5;

/** Presents the accounts of a memory database as tables of another application. Its only definitions are those in `fingerprints`. */
export class MemoryExistingSchema implements ExistingSchema {
  /** Fingerprints by table. A changed fingerprint stands for a changed definition. */
  readonly fingerprints = new Map<string, string>();
  readonly #kept = new Map<string, string>();
  readonly #options: MemoryExistingSchemaOptions;

  constructor(options: MemoryExistingSchemaOptions) {
    this.#options = options;
  }

  async view<Result>(look: (view: SchemaView) => Promise<Result>): Promise<Result> {
    const { space, findings = [] } = this.#options;
    return await look(await space.read((tables) => viewOf(tables, findings)));
  }

  async definitions(): Promise<readonly TableDefinition[]> {
    return [...this.fingerprints].map(([table, fingerprint]) => ({ table, fingerprint, kept: this.#kept.get(table) ?? null }));
  }

  async keep(definitions: readonly TableDefinition[], _at: number, mode: 'replace' | 'if_none'): Promise<void> {
    for (const { table, fingerprint } of definitions) {
      if (mode === 'replace' || !this.#kept.has(table)) this.#kept.set(table, fingerprint);
    }
  }
}

/** Copies the rows at once, so that the view contains no later change. */
function viewOf(tables: MemoryTables, findings: readonly SchemaFinding[]): SchemaView {
  const users = Array.from(tables.users.entries(), ([, user]) => user);
  const accounts = users.map(({ id, email }) => ({ id, isServed: true, email, hashes: [tables.passwords.get(id)?.hash ?? null] }));
  const isActive = (id: UserId) => tables.users.get(id)?.isEnabled === true;
  const sharing = Array.from(tables.accounts.entries(), ([, owners]) => owners.filter(isActive)).filter((owners) => owners.length > 1);
  return {
    definitionFindings: async () => findings,
    accounts: async function* () {
      if (accounts.length > 0) yield accounts;
    },
    addresses: async () => ({
      shared: { count: sharing.flat().length, ids: sharing.flat().slice(0, sampleSize) },
      outOfReach: { count: 0, ids: [] },
    }),
    orphans: async () => ({ credentials: 0, subscriptions: 0 }),
    unreadablePeriods: async () => 0,
  };
}
