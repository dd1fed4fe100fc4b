import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const outputSuffix = /(\.d\.ts|\.js)(\.map)?$/;

/**
 * Deletes every compiled file under `dist` whose source no longer exists: the compiler leaves it, and the test of a renamed file would
 * continue to run. Returns the deleted files, relative to `dist`.
 */
export function removeStaleOutput(root: string): string[] {
  const dist = join(root, 'dist');
  const stale = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((file) => outputSuffix.test(file) && !isAsset(file))
    .filter((file) => !existsSync(join(root, file.replace(outputSuffix, '.ts'))));
  for (const file of stale) rmSync(join(dist, file));
  return stale;
}

function isAsset(file: string): boolean {
  return /(^|\/)assets\//.test(file);
}
