import { createHash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { SchemaMap } from '../schema-map/schema-map.js';

/** The hash in the existing table, and the hash of this product that may replace it. */
export interface BoundHash {
  readonly theirHash: string | null;
  readonly ourHash: string | null;
  /** `bindingOf` the existing table's hash at the time when this product's hash was written. */
  readonly boundTo: string | null;
}

/**
 * The value that binds an overlay to an account's existing hash. It is not keyed: a reader of it can read the hash itself beside it, and a
 * new application secret must not make replaced passwords valid again.
 */
export const bindingOf = (theirHash: string | null): string =>
  createHash('sha256')
    .update(theirHash ?? '', 'utf8')
    .digest('hex');

/**
 * Returns this product's hash as long as the existing hash is unchanged since that was written; otherwise the existing hash, since another
 * application changed it.
 */
export function hashInForce({ theirHash, ourHash, boundTo }: BoundHash): string | null {
  return ourHash !== null && boundTo === bindingOf(theirHash) ? ourHash : theirHash;
}

/** For the list of a SELECT with `overlayJoin`. */
export const overlayColumns: RawBuilder<unknown> = sql`o.password_hash as ourHash, o.bound_to as boundTo`;

/**
 * Joins the overlay, `o`, to the users table, `u`. A key that is not a text is compared as a text, so that the index of this product's
 * table is used. Adding zero to an integer removes the leading zeros of a ZEROFILL column.
 */
export function overlayJoin({ users }: SchemaMap): RawBuilder<unknown> {
  const key = sql.ref(`u.${users.key.column}`);
  const texts = { text: key, uuid: sql`cast(${key} as char)`, integer: sql`cast(${key} + 0 as char)` } as const;
  return sql`left join auth_credentials as o on o.user_id = ${texts[users.key.kind]}`;
}
