import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { bareEnvironment } from '../../support/bare-environment.js';
import { projectRoot } from '../../support/project-root.js';
import { manifestOf, type PackedProduct } from './packed-product.js';

const run = promisify(execFile);

/** Another project, in an empty folder, that depends on the packed product. */
export interface Consumer extends AsyncDisposable {
  readonly folder: string;
  write(file: string, text: string): Promise<void>;
  /** Runs Node there. Rejects with what it printed when it fails. */
  node(...args: readonly string[]): Promise<string>;
  /** Compiles everything there by the strictest rules, declarations of other packages included. */
  typeCheck(): Promise<string>;
}

export interface ConsumerOptions {
  readonly product: PackedProduct;
  /** A folder to begin with, from the project's root. */
  readonly example?: string;
  /** Without them, nothing but the package itself is installed. */
  readonly hasDependencies?: boolean;
}

/**
 * Installs as npm would, without the network: the tarball is unpacked, and each package that its manifest names as a dependency, no
 * other, is linked to the one that this project has.
 */
export async function openConsumer({ product, example, hasDependencies = true }: ConsumerOptions): Promise<Consumer> {
  const folder = await mkdtemp(join(tmpdir(), 'move-acces-consumer-'));
  if (example !== undefined) await cp(join(projectRoot(), example), folder, { recursive: true });
  else await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  const { dependencies } = await manifestOf(await product.unpackFor(folder));
  if (hasDependencies) for (const name of Object.keys(dependencies)) await link(folder, name);
  const start = async (command: string, args: readonly string[]) => {
    const { stdout } = await run(command, args, { cwd: folder, env: bareEnvironment(), timeout: 60_000, maxBuffer: 10_000_000 }).catch(
      (error: { message: string; stdout: string }) => Promise.reject(new Error(`${error.message}\n${error.stdout}`)),
    );
    return stdout;
  };
  return {
    folder,
    write: async (file, text) => {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    },
    node: (...args) => start(process.execPath, args),
    typeCheck: async () => {
      await link(folder, '@types/node');
      return await start(join(projectRoot(), 'node_modules/.bin/tsc'), ['-p', await strictProject(folder)]);
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

async function link(folder: string, name: string): Promise<void> {
  const place = join(folder, 'node_modules', name);
  await mkdir(dirname(place), { recursive: true });
  await symlink(join(projectRoot(), 'node_modules', name), place).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

async function strictProject(folder: string): Promise<string> {
  const file = join(folder, 'tsconfig.json');
  const compilerOptions = {
    noEmit: true,
    target: 'es2024',
    lib: ['es2024', 'esnext.disposable'],
    module: 'nodenext',
    types: ['node'],
    strict: true,
    noUncheckedIndexedAccess: true,
    allowImportingTsExtensions: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    skipLibCheck: false,
  };
  await writeFile(file, JSON.stringify({ compilerOptions, include: ['**/*.ts'] }));
  return file;
}
