import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { bareEnvironment } from '../../../support/bare-environment.js';
import { projectRoot } from '../../../support/project-root.js';
import { after, type Edit } from './edits.js';

const run = promisify(execFile);

/** What a copy does without: packages are linked, and the rest is of this folder alone. */
const left: ReadonlySet<string> = new Set(['node_modules', '.git', 'data', 'coverage', 'bench.json', '.env']);

/** The sources of this project and what was compiled of them, in a folder that a test may change. */
export interface ScratchCopy extends AsyncDisposable {
  /** @throws Error where the edit finds no place, or changes nothing */
  edit(file: string, edit: Edit): Promise<void>;
  /** Runs a script of package.json. @throws Error with what it printed, where it fails */
  script(name: string, ...args: readonly string[]): Promise<string>;
}

export async function scratchCopy(): Promise<ScratchCopy> {
  const root = projectRoot();
  const folder = await mkdtemp(join(tmpdir(), 'move-acces-recipes-'));
  await cp(root, folder, { recursive: true, filter: (file) => !left.has(relative(root, file)) });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  const edit = async (file: string, change: Edit): Promise<void> => {
    const before = await readFile(join(folder, file), 'utf8').catch(() => '');
    const text = change(before);
    if (text === before) throw new Error(`${file}: nothing is changed`);
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  };
  // the packages keep the paths that the compiler knows from the last build, so that it compiles what changed alone
  await edit('tsconfig.json', after(/"compilerOptions": \{/, '    "preserveSymlinks": true,'));
  return {
    edit,
    async script(name, ...args) {
      const command = ['run', '-s', name, ...(args.length > 0 ? ['--', ...args] : [])];
      try {
        return (await run('npm', command, { cwd: folder, env: { ...bareEnvironment(), NO_COLOR: '1' }, maxBuffer: 50_000_000 })).stdout;
      } catch (error) {
        const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string }; // a cast: as execFile rejects
        const printed = `${stdout}${stderr}`.split('\n').filter((line) => !line.includes('✔'));
        throw new Error(`npm ${command.join(' ')}\n${printed.join('\n')}`, { cause: error });
      }
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
