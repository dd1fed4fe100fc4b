import { existsSync } from 'node:fs';
import type { PinnedPackage } from './pinned-mysql.js';
import { runTool } from './run-tool.js';

/** A repository that may have the package. */
export interface PackageSource {
  /** Its name in messages. */
  readonly name: string;
  /** A line of a `sources.list`. */
  readonly line: string;
}

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** The sources of a pinned package, in this order: the mirrors of this machine, then Debian's archive of everything it published. */
export async function pinnedSources(pin: PinnedPackage): Promise<readonly PackageSource[]> {
  // The signature of an old index has expired. The pinned checksum is checked nevertheless.
  const snapshot = sidOf(`http://snapshot.debian.org/archive/debian/${pin.snapshot}`, 'check-valid-until=no');
  return [...(await mirrorSources()), snapshot];
}

/** The sid suite of each mirror that this machine's apt uses. Rejects where there is no mirror. */
export async function mirrorSources(): Promise<readonly [PackageSource, ...PackageSource[]]> {
  const [first, ...others] = await aptMirrors();
  if (first === undefined) throw new Error('the sources of apt on this machine (/etc/apt) name no mirror of Debian');
  return [sidOf(first), ...others.map((mirror) => sidOf(mirror))];
}

/**
 * The URL of each repository that looks like a mirror of Debian, the most likely first. apt itself reads its `sources.list` and its
 * `.sources` files: it prints the URL of every index that it would load. A repository of another publisher may be among them: it has no sid
 * with a signature of Debian's keys, so that apt rejects it.
 */
export async function aptMirrors(options: readonly string[] = []): Promise<readonly string[]> {
  const withoutState = ['-o', 'Dir::State::lists=/nonexistent/', '-o', 'Debug::NoLocking=1'];
  const printed = await runTool('apt-get', [...withoutState, ...options, 'update', '--print-uris']);
  const indexes = printed.matchAll(/^'(?!cdrom:)(\S+?)\/+dists\/[a-z]+\/main\/binary-\S+' /gm);
  const mirrors = new Set(Array.from(indexes, ([, mirror = '']) => mirror));
  return [...mirrors].sort((one, other) => Number(isNamedDebian(other)) - Number(isNamedDebian(one)));
}

const isNamedDebian = (mirror: string) => mirror.endsWith('/debian');

function sidOf(mirror: string, ...options: string[]): PackageSource {
  if (!existsSync(keyring)) throw new Error(`there is no ${keyring}: install debian-archive-keyring`);
  // apt uses a file: repository in place, without a copy in its own folder.
  const url = mirror.replace(/^file:/, 'copy:');
  return { name: `${mirror} sid`, line: `deb [${[`signed-by=${keyring}`, ...options].join(' ')}] ${url} sid main` };
}
