import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Writes an executable `mysqld` into the folder of an unpacked MySQL. It starts the server with the loader and the libraries beside it, so
 * that the system's libraries need not match, and passes its arguments on.
 */
export async function writeMysqldWrapper(root: string): Promise<void> {
  await writeFile(join(root, 'mysqld'), wrapper(await findLoader(root)), { mode: 0o755 });
}

/** Debian stores the loader with the libraries of its architecture: `x86_64-linux-gnu/ld-linux-x86-64.so.2`. */
async function findLoader(root: string): Promise<string> {
  const files = await readdir(join(root, 'usr/lib'), { recursive: true });
  const loader = files.find((file) => /^[^/]+-linux-gnu[^/]*\/ld-linux-[^/]+\.so\.\d+$/.test(file));
  if (loader === undefined) throw new Error('the unpacked packages have no loader, usr/lib/*-linux-gnu/ld-linux-*.so.*');
  return loader;
}

/** The options for the moved folders precede the caller's, which override them; but mysqld accepts some options only as its first. */
const wrapper = (loader: string) => `#!/bin/sh
root=$(dirname "$(readlink -f "$0")")
loader=$root/usr/lib/${loader}
first=
case "\${1:-}" in --no-defaults | --defaults-* | --print-defaults | --no-login-paths | --login-path=*) first=$1; shift ;; esac
exec "$loader" --library-path "\${loader%/*}" "$root/usr/sbin/mysqld" \${first:+"$first"} --basedir="$root/usr" --secure-file-priv= "$@"
`;
