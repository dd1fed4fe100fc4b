import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HexRecipe } from '../../../adapters/legacy-passwords/hex-recipe.js';
import { projectRoot } from '../project-root.js';

/** The hashes that one tool computed for each password. */
export interface ForeignHashes {
  /** The scheme; for some hexadecimal digests followed by a space and the name of their recipe. */
  readonly format: string;
  readonly tool: string;
  readonly hashes: Readonly<Record<string, string>>;
}

/** The collection of hashes.json: see README.md beside it. */
export function foreignHashes(): readonly ForeignHashes[] {
  const { groups } = JSON.parse(readFileSync(join(projectRoot(), 'test/support/foreign-hashes/hashes.json'), 'utf8')) as {
    readonly groups: readonly ForeignHashes[];
  };
  return groups;
}

/** Recipes by the format that the collection names. */
export const foreignRecipes: Readonly<Record<string, HexRecipe>> = {
  'hex-md5': { algorithm: 'md5', encoding: 'hex', salt: null },
  'hex-sha1': { algorithm: 'sha1', encoding: 'hex', salt: null },
  'hex-sha256': { algorithm: 'sha256', encoding: 'hex', salt: null },
  'hex-sha512': { algorithm: 'sha512', encoding: 'hex', salt: null },
  'hex-md5 salt before': { algorithm: 'md5', encoding: 'hex', salt: { separator: ':', position: 'before' } },
  'hex-md5 salt after': { algorithm: 'md5', encoding: 'hex', salt: { column: 'sel', position: 'after' } },
  'hex-sha1 salt before': { algorithm: 'sha1', encoding: 'hex', salt: { column: 'sel', position: 'before' } },
  'hex-sha256 salt before': { algorithm: 'sha256', encoding: 'hex', salt: { separator: ':', position: 'before' } },
  'hex-sha512 salt after': { algorithm: 'sha512', encoding: 'hex', salt: { separator: ':', position: 'after' } },
  'hex-sha256 constant before': { algorithm: 'sha256', encoding: 'hex', salt: { constant: 'grain-de-sel:é', position: 'before' } },
  'hex-sha1 constant after': { algorithm: 'sha1', encoding: 'hex', salt: { constant: 'grain-de-sel:é', position: 'after' } },
};
