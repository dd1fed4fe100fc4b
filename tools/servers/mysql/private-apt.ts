import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { aptSettings } from './apt-settings.js';
import { runTool } from './run-tool.js';

export interface PackageVersion {
  readonly version: string;
  /** SHA-256 of its .deb according to the index. */
  readonly sha256: string;
}

/** apt on one source, with its own state: it neither reads nor changes the packages of the system. It needs no root. */
export interface PrivateApt {
  /** Loads the index of the source and verifies its signature. Rejects where the index cannot be loaded completely. */
  update(): Promise<void>;
  /** When the archive created the index, in milliseconds since 1970. */
  indexedAt(): Promise<number>;
  /** Returns the versions of a package in the index, the newest first. Rejects where there is none. */
  versionsOf(name: string): Promise<readonly [PackageVersion, ...PackageVersion[]]>;
  /** Downloads a package and all its dependencies, verified against the index. Resolves with the paths of the .deb files. */
  download(name: string, version: string): Promise<readonly string[]>;
}

/**
 * `folder` receives apt's state, `line` is a line of a `sources.list`, and `architecture`, by Debian's name, may differ from the machine's.
 */
export async function createPrivateApt(options: {
  readonly folder: string;
  readonly line: string;
  readonly architecture: string;
}): Promise<PrivateApt> {
  const { folder, line, architecture } = options;
  const [lists, archives] = [join(folder, 'lists'), join(folder, 'archives')];
  for (const needed of [lists, archives]) await mkdir(join(needed, 'partial'), { recursive: true });
  await writeFile(join(folder, 'status'), '');
  await writeFile(join(folder, 'sources.list'), `${line}\n`);
  await writeFile(join(folder, 'apt.conf'), await aptSettings(folder, architecture));
  const apt = (command: string, ...args: string[]) => runTool(command, ['--quiet=2', ...args], { APT_CONFIG: join(folder, 'apt.conf') });
  return {
    async update() {
      await apt('apt-get', 'update');
    },
    async indexedAt() {
      const [release = 'Release'] = (await readdir(lists)).filter((name) => /Release$/.test(name));
      return Date.parse(fieldOf(await readFile(join(lists, release), 'utf8'), 'Date'));
    },
    async versionsOf(name) {
      const [newest, ...older] = (await apt('apt-cache', 'show', name)).split(/\n{2,}/).filter((record) => record.trim() !== '');
      if (newest === undefined) throw new Error(`there is no ${name}`);
      return [versionIn(newest), ...older.map(versionIn)];
    },
    async download(name, version) {
      await apt('apt-get', 'install', '--yes', '--download-only', `${name}=${version}`);
      return (await readdir(archives)).filter((file) => file.endsWith('.deb')).map((file) => join(archives, file));
    },
  };
}

function versionIn(record: string): PackageVersion {
  return { version: fieldOf(record, 'Version'), sha256: fieldOf(record, 'SHA256') };
}

function fieldOf(record: string, name: string): string {
  const [, value] = new RegExp(`^${name}: (.+)$`, 'm').exec(record) ?? [];
  if (value === undefined) throw new Error(`the index has no field ${name} where it needs one`);
  return value;
}
