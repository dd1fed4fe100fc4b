import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { nodeProgramFor, thisMachine } from '../../../hosts/bin/node-package.js';
import { mysqlCache } from '../../../tools/servers/mysql/unpacked-mysql.js';

const run = promisify(execFile);

/** Returns the executable of a version of Node.js: npm's package of it, downloaded once and kept in the account's cache folder. */
export async function nodeOfVersion(version: string): Promise<string> {
  const program = nodeProgramFor(thisMachine());
  if (program === null) throw new Error('npm has no Node for this machine');
  const [name = '', ...path] = program.split('/');
  const folder = join(mysqlCache(), `${name}-${version}`);
  const file = join(folder, 'package', ...path);
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (!isThere) await fetchInto(folder, `${name}@${version}`, join('package', ...path));
  return file;
}

async function fetchInto(folder: string, spec: string, member: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const fresh = await mkdtemp(`${folder}-`);
  try {
    const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', fresh, spec], { cwd: fresh });
    const tarball = stdout.trim();
    await run('tar', ['-xzf', tarball, member], { cwd: fresh });
    await rm(join(fresh, tarball));
    await rename(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    // another process may have put it there first
    await access(join(folder, member)).catch(() => Promise.reject(new Error(`npm did not fetch ${spec}`, { cause: error })));
  }
}
