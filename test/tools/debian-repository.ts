import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { PackageSource } from '../../tools/servers/mysql/package-sources.js';
import type { PinnedPackage } from '../../tools/servers/mysql/pinned-mysql.js';
import type { TemporaryTree } from '../support/temporary-tree.js';

/** The name of the package in these repositories. */
export const packageName = 'mysql-server-core';

/** A repository in a folder, with a real but tiny .deb of each version: its loader prints the arguments of the program that it is to start. */
export function addRepository(tree: TemporaryTree, name: string, ...versions: string[]): PackageSource {
  const records = versions.map((version) => {
    const deb = buildDeb(tree, `${name}/${packageName}_${version}`, version);
    return recordOf({ version, file: basename(deb), size: statSync(deb).size, sha256: sha256Of(deb) });
  });
  return addIndex(tree, name, records);
}

/** A repository with an index alone, of the given date. */
export function addIndex(tree: TemporaryTree, name: string, records: readonly string[], date = new Date(0)): PackageSource {
  const index = records.join('\n');
  const checksum = createHash('sha256').update(index).digest('hex');
  tree.write(`${name}/Packages`, index);
  tree.write(`${name}/Release`, `Date: ${date.toUTCString()}\nSHA256:\n ${checksum} ${index.length} Packages\n`);
  return { name, line: `deb [trusted=yes] copy:${join(tree.root, name)} ./` };
}

export function recordOf(options: { version: string; sha256: string; architecture?: string; file?: string; size?: number }): string {
  const { version, sha256, architecture = 'all', file = 'none.deb', size = 1 } = options;
  return `${control(version, architecture)}Filename: ./${file}\nSize: ${size}\nSHA256: ${sha256}\n`;
}

/** A pin to a version that the repository has, or, without a repository, to one that it has not. */
export function pinTo(version: string, sha256 = '0'.repeat(64)): PinnedPackage {
  const architecture = execFileSync('dpkg', ['--print-architecture'], { encoding: 'utf8' }).trim();
  return { package: packageName, version, snapshot: '20260101T000000Z', sha256: { [architecture]: sha256 } };
}

export function sha256Of(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function buildDeb(tree: TemporaryTree, folder: string, version: string): string {
  const loader = `${folder}/usr/lib/test-linux-gnu/ld-linux-test.so.1`;
  tree.write(`${folder}/DEBIAN/control`, control(version, 'all'));
  tree.write(`${folder}/usr/sbin/mysqld`, folder);
  tree.write(loader, '#!/bin/sh\nprintf "%s\\n" "$@"\n');
  chmodSync(join(tree.root, loader), 0o755);
  const deb = join(tree.root, `${folder}.deb`);
  execFileSync('dpkg-deb', ['--build', '-Znone', '--root-owner-group', join(tree.root, folder), deb]);
  return deb;
}

function control(version: string, architecture: string): string {
  return `Package: ${packageName}\nVersion: ${version}\nArchitecture: ${architecture}\nMaintainer: Test <test@example.com>\nDescription: test\n`;
}
