import { join } from 'node:path';
import type { PackageSource } from './package-sources.js';
import type { PinnedPackage } from './pinned-mysql.js';
import { createPrivateApt } from './private-apt.js';

/** Debian creates an index every six hours, and its snapshot archive has it some time later. */
const snapshotDelayMs = 6 * 60 * 60 * 1000;

/**
 * Returns the current pin, moved to the version that the source serves now. Rejects where its architectures do not have the same version.
 */
export async function servedPin(present: PinnedPackage, source: PackageSource, folder: string): Promise<PinnedPackage> {
  const served = await Promise.all(
    Object.keys(present.sha256).map(async (architecture) => {
      const apt = await createPrivateApt({ folder: join(folder, architecture), line: source.line, architecture });
      await apt.update();
      const [newest] = await apt.versionsOf(present.package);
      return { architecture, ...newest, indexedAt: await apt.indexedAt() };
    }),
  );
  const [first] = served;
  if (first === undefined || served.some(({ version }) => version !== first.version)) {
    const versions = served.map(({ architecture, version }) => `${version} for ${architecture}`);
    throw new Error(`${source.name} has ${present.package} ${versions.join(' and ')}: wait until both are the same`);
  }
  return {
    package: present.package,
    version: first.version,
    snapshot: snapshotTime(first.indexedAt + snapshotDelayMs),
    sha256: Object.fromEntries(served.map(({ architecture, sha256 }) => [architecture, sha256])),
  };
}

/** `20261130T235959Z` */
function snapshotTime(instantMs: number): string {
  return new Date(instantMs).toISOString().replace(/[-:]|\.\d+/g, '');
}
