import { createHash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { SchemaMap } from '../schema-map/schema-map.js';

/** The hash in the existing table, and the one of ours that may stand in for it. */
export interface BoundHash {
  readonly theirHash: string | null;
  readonly ourHash: string | null;
  /** `bindingOf` what theirs was when ours was written. */
  readonly boundTo: string | null;
}

/**
 * What the overlay of an account is bound to. Not keyed: who reads it reads the hash itself beside it, and a new application secret
 * must not bring passwords back that were replaced.
 */
export const bindingOf = (theirHash: string | null): string =>
  createHash('sha256')
    .update(theirHash ?? '', 'utf8')
    .digest('hex');

/** Ours, as long as theirs is what it was when ours was written; else theirs, since another application changed it. */
export function hashInForce({ theirHash, ourHash, boundTo }: BoundHash): string | null {
  return ourHash !== null && boundTo === bindingOf(theirHash) ? ourHash : theirHash;
}

/** For the list of a SELECT with `overlayJoin`. */
export const overlayColumns: RawBuilder<unknown> = sql`o.password_hash as ourHash, o.bound_to as boundTo`;

/**
 * Joins the overlay, `o`, to the users table, `u`. A key that is no text is compared as one, so that the index on our table serves; adding
 * nothing to an integer takes the zeros away that a ZEROFILL column puts before it.
 */
export function overlayJoin({ users }: SchemaMap): RawBuilder<unknown> {
  const key = sql.ref(`u.${users.key.column}`);
  const texts = { text: key, uuid: sql`cast(${key} as char)`, integer: sql`cast(${key} + 0 as char)` } as const;
  return sql`left join auth_credentials as o on o.user_id = ${texts[users.key.kind]}`;
}
