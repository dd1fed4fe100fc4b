import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { downloadPackage } from './download-package.js';
import { writeMysqldWrapper } from './mysqld-wrapper.js';
import { type PackageSource, pinnedSources } from './package-sources.js';
import { type PinnedPackage, pinnedMysql } from './pinned-mysql.js';
import { runTool } from './run-tool.js';
import { mysqlCache, type UnpackedMysql, unpackedFolder } from './unpacked-mysql.js';

export interface UnpackOptions {
  readonly pin?: PinnedPackage;
  /** The sources of the package, in this order. */
  readonly sources?: readonly PackageSource[];
  readonly cache?: string;
}

const workPrefix = 'unpacking-';
const abandonedAfterMs = 60 * 60 * 1000;

/**
 * Unpacks a MySQL server from Debian's packages into the cache, without installing anything. Any number of processes may call it at once:
 * each works in its own folder, and an atomic rename lets the first one win.
 */
export async function unpackMysql(options: UnpackOptions = {}): Promise<UnpackedMysql> {
  const { pin = pinnedMysql, cache = mysqlCache() } = options;
  try {
    const architecture = (await runTool('dpkg', ['--print-architecture'])).trim();
    const sources = options.sources ?? (await pinnedSources(pin));
    await mkdir(cache, { recursive: true });
    await removeAbandoned(cache);
    const folder = await mkdtemp(join(cache, workPrefix));
    try {
      const { version, debs } = await downloadPackage({ pin, architecture, sources, folder });
      const root = join(folder, 'root');
      await unpack(debs, root);
      return { path: join(await publish(root, unpackedFolder(cache, pin, version)), 'mysqld'), version };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : cause;
    const wayOut = 'A MySQL server that is there already can be named: MYSQLD=/path/to/mysqld';
    throw new Error(`${pin.package} ${pin.version} cannot be unpacked into ${cache}: ${reason}\n${wayOut}`, { cause });
  }
}

async function unpack(debs: readonly string[], root: string): Promise<void> {
  for (const deb of debs) {
    await runTool('dpkg-deb', ['--extract', deb, root]).catch((cause: Error) => {
      throw new Error(`${basename(deb)}: ${cause.message}`, { cause });
    });
  }
  await writeMysqldWrapper(root);
  await runTool(join(root, 'mysqld'), ['--version']);
}

async function publish(root: string, folder: string): Promise<string> {
  await rename(root, folder).catch((cause: unknown) => {
    if (!existsSync(folder)) throw cause;
  });
  return folder;
}

/** A killed process leaves its folder. */
async function removeAbandoned(cache: string): Promise<void> {
  for (const name of (await readdir(cache)).filter((entry) => entry.startsWith(workPrefix))) {
    const folder = join(cache, name);
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > abandonedAfterMs) await rm(folder, { recursive: true, force: true });
  }
}
