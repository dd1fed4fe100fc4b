import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../support/project-root.js';

const run = promisify(execFile);

/** What `npm publish` would send. */
export interface PackedProduct extends AsyncDisposable {
  /** Path of the tarball. */
  readonly tarball: string;
  /** Paths within the package. */
  readonly files: readonly string[];
  /** Bytes, packed. */
  readonly size: number;
  /** Puts the package, alone, where a project in this folder finds it. Returns the package's folder. */
  unpackFor(project: string): Promise<string>;
}

/** Packs this build as it is: what `prepare` would do was done before the tests began. */
export async function packProduct(): Promise<PackedProduct> {
  const folder = await mkdtemp(join(tmpdir(), 'move-acces-pack-'));
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    cwd: projectRoot(),
    maxBuffer: 10_000_000,
  });
  const [pack] = JSON.parse(stdout) as { filename: string; size: number; files: { path: string }[] }[];
  if (pack === undefined) throw new Error('npm packed nothing');
  const tarball = join(folder, pack.filename);
  return {
    tarball,
    files: pack.files.map(({ path }) => path),
    size: pack.size,
    unpackFor: async (project) => {
      const home = join(project, 'node_modules/move-acces');
      await mkdir(home, { recursive: true });
      await run('tar', ['-xzf', tarball, '--strip-components=1', '-C', home]);
      return home;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The package's manifest, as far as it is looked at here. */
export async function manifestOf(home: string): Promise<{
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies: Readonly<Record<string, string>>;
}> {
  return JSON.parse(await readFile(join(home, 'package.json'), 'utf8'));
}
