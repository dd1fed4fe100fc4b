import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../own-entities.js';
import { type AccountRow, type ExistingTables, theirHash } from '../schema-map/existing-tables.js';
import { type BoundHash, overlayColumns, overlayJoin } from './password-overlay.js';

/** An account with its hashes. */
export type CredentialRow = AccountRow & BoundHash;

/** Returns the accounts that satisfy a condition on `u`, the users table. */
export async function credentialRows(
  { db, existing }: { readonly db: Db; readonly existing: ExistingTables },
  where: RawBuilder<unknown>,
): Promise<readonly CredentialRow[]> {
  const { accountColumns, accounts, map } = existing;
  const { rows } = await sql<CredentialRow>`select ${accountColumns}, ${theirHash(map.credentials)} as theirHash, ${overlayColumns}
    from ${accounts} ${overlayJoin(map)} where ${where}`.execute(db);
  return rows;
}
