import { basename, join } from 'node:path';
import type { PackageSource } from './package-sources.js';
import type { PinnedPackage } from './pinned-mysql.js';
import { createPrivateApt, type PackageVersion } from './private-apt.js';
import { ChecksumError, verifyChecksum } from './verify-checksum.js';

export interface DownloadedPackage {
  /** The pinned version, unless no source has it any more. */
  readonly version: string;
  /** The .deb files of the package and of all its dependencies. */
  readonly debs: readonly string[];
}

export interface DownloadOptions {
  readonly pin: PinnedPackage;
  /** Debian's name of the architecture. */
  readonly architecture: string;
  readonly sources: readonly PackageSource[];
  /** Receives the files, and apt's state. */
  readonly folder: string;
}

/**
 * Downloads the pinned version from the first source that has it. Where none has it, downloads the newest version of the first source that
 * responds. Rejects, with a line for each source, where none does.
 * @throws ChecksumError where a file does not match its checksum, even if another source has the file
 */
export async function downloadPackage(options: DownloadOptions): Promise<DownloadedPackage> {
  const { pin, architecture, sources } = options;
  const sha256 = pin.sha256[architecture];
  if (sha256 === undefined) throw new Error(`it is pinned for ${Object.keys(pin.sha256).join(' and ')}, not for ${architecture}`);
  const failures: string[] = [];
  const replacements: (() => Promise<DownloadedPackage | null>)[] = [];
  for (const [index, source] of sources.entries()) {
    const pinned = await attempt(source, failures, async () => {
      const { versions, download } = await openSource(source, options, join(options.folder, `apt-${index}`));
      if (versions.some(({ version }) => version === pin.version)) return download({ version: pin.version, sha256 });
      failures.push(`${source.name}: has ${versions.map(({ version }) => version).join(', ')}`);
      replacements.push(() => attempt(source, failures, () => download(versions[0])));
      return null;
    });
    if (pinned !== null) return pinned;
  }
  for (const download of replacements) {
    const replacement = await download();
    if (replacement !== null) return replacement;
  }
  throw new Error(`no source has it:\n${failures.map((failure) => `  ${failure.replaceAll('\n', '\n    ')}`).join('\n')}`);
}

async function openSource(source: PackageSource, { pin, architecture }: DownloadOptions, folder: string) {
  const apt = await createPrivateApt({ folder, line: source.line, architecture });
  await apt.update();
  return {
    versions: await apt.versionsOf(pin.package),
    async download({ version, sha256 }: PackageVersion): Promise<DownloadedPackage> {
      const debs = await apt.download(pin.package, version);
      const main = debs.find((deb) => basename(deb).startsWith(`${pin.package}_`));
      if (main === undefined) throw new Error(`apt-get downloaded no ${pin.package}_${version}.deb`);
      await verifyChecksum(main, sha256);
      return { version, debs };
    },
  };
}

/** Returns null where the source failed, which is recorded: the next one may have the package. */
async function attempt<T>(source: PackageSource, failures: string[], action: () => Promise<T | null>): Promise<T | null> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof ChecksumError) throw error;
    failures.push(`${source.name}: ${error instanceof Error ? error.message : error}`);
    return null;
  }
}
