import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type DatabaseBinary, findCommand } from './find-server.js';

/** A server that runs as root requires this option. */
export const accountArgs = process.getuid?.() === 0 ? ['--user=root'] : [];

/** Fills the folder with a newly initialised database: a copy of one that is created once per server version. */
export async function createDataFolder(binary: DatabaseBinary, folder: string): Promise<void> {
  await cp(await ensureTemplate(binary), folder, { recursive: true });
}

/**
 * Returns the initialised database to copy from, created by the first call. Any number of processes may call it at once: each initialises
 * its own folder, and an atomic rename lets the first one win.
 */
export async function ensureTemplate(binary: DatabaseBinary): Promise<string> {
  const cache = join(tmpdir(), `move-acces-test-cache-${userInfo().uid}`);
  const key = createHash('sha256').update(`${binary.path}\n${binary.version}`).digest('hex').slice(0, 16);
  const template = join(cache, `${binary.kind}-${key}`);
  if (existsSync(template)) return template;
  mkdirSync(cache, { recursive: true, mode: 0o700 });
  const attempt = await mkdtemp(`${template}.`);
  try {
    await initialise(binary, join(attempt, 'data'));
    await rename(join(attempt, 'data'), template);
  } catch (cause) {
    if (!existsSync(template)) throw cause;
  } finally {
    await rm(attempt, { recursive: true, force: true });
  }
  return template;
}

async function initialise(binary: DatabaseBinary, folder: string): Promise<void> {
  if (binary.kind === 'mysql') {
    await run(binary.path, ['--no-defaults', '--initialize-insecure', `--datadir=${folder}`, ...accountArgs]);
    return;
  }
  const beside = dirname(binary.path);
  const installer = ['mariadb-install-db', 'mysql_install_db']
    .map((name) => findCommand(name, [beside, join(beside, '../bin'), join(beside, '../scripts')]))
    .find((path) => path !== null);
  if (installer === undefined || installer === null) throw new Error(`there is no mariadb-install-db beside ${binary.path}`);
  // Without --force it refuses to run on a machine whose own name does not resolve.
  const options = ['--auth-root-authentication-method=normal', '--skip-test-db', '--force'];
  await run(installer, ['--no-defaults', `--datadir=${folder}`, ...options, ...accountArgs]);
}

async function run(command: string, args: readonly string[]): Promise<void> {
  await promisify(execFile)(command, args).catch((cause: { stdout: string; stderr: string }) => {
    throw new Error(`${command} failed:\n${cause.stdout}${cause.stderr}`, { cause });
  });
}
