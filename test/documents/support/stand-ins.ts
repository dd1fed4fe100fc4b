import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commandFile } from '../../support/command-file.js';
import { projectRoot } from '../../support/project-root.js';

/**
 * Makes a folder look like a checkout in which a reader types the commands of a document, and returns the folder to put before the PATH.
 * There `npm ci` and `npm test` do nothing, since both have just run; a command that serves or follows until it is interrupted is
 * interrupted after its start; `man` prints its input without a pager.
 */
export async function standIns(cwd: string): Promise<string> {
  const bin = join(cwd, 'bin');
  await mkdir(bin);
  for (const name of ['package.json', 'dist', 'docs', 'examples', 'ops']) await symlink(join(projectRoot(), name), join(cwd, name));
  const briefly = join(projectRoot(), 'dist/test/documents/support/run-briefly.js');
  const command = `"${process.execPath}" --enable-source-maps`;
  const moveAcces = `case " $* " in
  *" serve "*|*" --follow "*) exec ${command} "${briefly}" "$@" ;;
  *) exec ${command} "${commandFile}" "$@" ;;
esac`;
  const { scripts } = JSON.parse(await readFile(join(projectRoot(), 'package.json'), 'utf8')) as { scripts: { start: string } }; // npm needs it so
  const npm = `case "$*" in
  ci|test) ;;
  start) exec move-acces ${scripts.start.replace(/^.*move-acces\.js /, '')} ;;
  "run -s cli -- "*) shift 4; exec move-acces "$@" ;;
  "run cli -- "*) shift 3; exec move-acces "$@" ;;
  *) echo "npm $*: no document may say that without a word in test/documents" >&2; exit 3 ;;
esac`;
  for (const [name, script] of Object.entries({ 'move-acces': moveAcces, npm, man: 'exec cat' })) {
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(bin, name), 0o755);
  }
  return bin;
}
