import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ConfigError } from './config-error.js';
import { openMode } from './open-mode.js';
import { Secret } from './secret.js';
import { previousSecretWeakness, secretWeakness } from './secret-strength.js';

type Warn = (message: string) => void;

/**
 * Returns the signing secret of an embedded database: the content of `<database file>.secret`. The first use creates the file from 32
 * random bytes with mode 0600, and the folder if necessary. Processes that start at once all get the same secret. A file that other
 * accounts can read, or whose secret `APP_SECRET` would reject, is used, with a warning.
 * @throws ConfigError for `APP_SECRET` when the file can neither be read nor created, or its content is invalid
 */
export async function embeddedSecret(databaseFile: string, warn: Warn = (message) => process.emitWarning(message)): Promise<Secret> {
  const file = `${databaseFile}.secret`;
  try {
    const text = (await readIfThere(file)) ?? (await createOnce(file));
    if (previousSecretWeakness(text) !== null) throw unusable(file, 'holds something else');
    if (secretWeakness(text) !== null) warn(`${file} holds a secret that was put there by hand and that APP_SECRET would refuse`);
    warnIfReadable(file, warn);
    return new Secret(text);
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw unusable(file, `cannot be used (${String(error.code)})`);
    throw error;
  }
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** A link is created completely or not at all, and only once: no process reads half a secret, and the first secret stays. */
async function createOnce(file: string): Promise<string> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.${randomBytes(6).toString('hex')}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${randomBytes(32).toString('hex')}\n`);
    await handle.sync();
    await link(draft, file).catch((error: unknown) => {
      if (!hasCode(error, 'EEXIST')) throw error;
    });
  } finally {
    await handle.close();
    await unlink(draft);
  }
  return (await readFile(file, 'utf8')).trim();
}

function warnIfReadable(file: string, warn: Warn): void {
  const mode = openMode(file, 0o077);
  if (mode !== null) warn(`${file} has mode ${mode}: others may read the secret that signs every token; chmod 600 it`);
}

function unusable(file: string, why: string): ConfigError {
  return new ConfigError({ problems: [{ variable: 'APP_SECRET', message: `wants to be set: ${file} ${why}` }] });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
