import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { bareEnvironment } from '../support/bare-environment.js';
import { projectRoot } from '../support/project-root.js';
import { openConsumer } from './support/consumer.js';
import { type PackedProduct, packProduct } from './support/packed-product.js';

const run = promisify(execFile);
const filesIn = (folder: string) =>
  readdirSync(join(projectRoot(), folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** Every subpath of the package, patterns filled in: `core`, `adapters/redis`. */
const doors = filesIn('hosts/exports').map((file) => file.replace(/\.ts$/, ''));

describe('The package', function () {
  this.timeout(120_000);
  let product: PackedProduct;
  before(async () => {
    product = await packProduct();
  });
  after(() => product?.[Symbol.asyncDispose]());

  /** A command of this project's tools. */
  const tool = async (name: string, ...args: readonly string[]) =>
    (await run(join(projectRoot(), 'node_modules/.bin', name), args, { env: { ...bareEnvironment(), NO_COLOR: '1' } })).stdout;

  it('contains only the necessary files', () => {
    const rooms = new Set(product.files.map((file) => file.split('/').slice(0, 2).join('/')));
    expect([...rooms]).to.have.members([
      ...['LICENSE', 'README.md', 'package.json', 'docs/grants.sql', 'docs/move-acces.1', 'docs/schema-map.schema.json'],
      ...['dist/adapters', 'dist/core', 'dist/hosts', 'dist/migrations', 'dist/test'],
    ]);
    expect(product.files.filter((file) => /^dist\/test\/(?!kit\/)/.test(file))).to.deep.equal([]);
    expect(product.files.filter((file) => /\.map$|tsbuildinfo|\.spec\./.test(file))).to.deep.equal([]);
    for (const file of filesIn('migrations')) expect(product.files).to.include(`dist/migrations/${file.replace(/\.ts$/, '.js')}`);
    expect(product.files).to.include.members(['dist/hosts/rest/generated/openapi.json', 'dist/hosts/rest/assets/redoc.standalone.js']);
    const passwords = 'dist/adapters/password-blocklist/assets/common-passwords.txt';
    expect(product.files).to.include.members([passwords, `${passwords}.LICENSE.txt`]);
    expect(product.size).to.be.below(1_500_000);
  });

  it('passes publint', async () => {
    expect(await tool('publint', 'run', product.tarball, '--strict')).to.include('All good!');
  });

  it('has types that every way of resolving ES modules finds', async () => {
    const entrypoints = doors.map((door) => `./${door}`);
    const report = await tool('attw', product.tarball, '--profile', 'esm-only', '--entrypoints', ...entrypoints);
    // it fails when it finds a problem
    for (const door of doors) expect(report).to.match(new RegExp(`"move-acces/${door}"\n\nnode16 \\(from ESM\\): 🟢 \\(ESM\\)`));
  });

  it('has a core that works where nothing else is installed, and a client’s door as well', async () => {
    await using consumer = await openConsumer({ product, hasDependencies: false });
    await consumer.write(
      'use.mjs',
      `import { AuthError, canonicalEmail, currentSubscription, LogIn } from 'move-acces/core';
       import { actions, errorCodes, problemCatalogue } from 'move-acces/client';
       console.log(typeof LogIn, canonicalEmail(' A@B.example '), currentSubscription([], 0), new AuthError('forbidden').code);
       console.log(errorCodes.every((code) => problemCatalogue[code].status >= 400), actions.rate_limited);`,
    );
    // Node may read nothing but this folder: no package that lies above it helps
    expect(await consumer.node('--permission', `--allow-fs-read=${consumer.folder}/*`, 'use.mjs')).to.equal(
      'function a@b.example null forbidden\ntrue wait\n',
    );
  });

  it('opens by every door, with types that hold in the strictest project', async () => {
    await using consumer = await openConsumer({ product });
    const imports = doors.map((door, index) => `import * as door${index} from 'move-acces/${door}';`);
    await consumer.write('doors.ts', `${imports.join('\n')}\nconsole.log([${doors.map((_, index) => `door${index}`)}].length);\n`);
    expect(await consumer.node('doors.ts')).to.equal(`${doors.length}\n`);
    await consumer.typeCheck();
  });

  it('can be imported only by its entry points', async () => {
    await using consumer = await openConsumer({ product });
    for (const path of ['', '/dist/core/domain/user.js', '/core/usecases/log-in', '/adapters/memory/memory-database', '/hosts/bin']) {
      await consumer.write('in.mjs', `await import('move-acces${path}').catch(({ code }) => console.log(code));`);
      expect(await consumer.node('in.mjs'), path).to.match(/^ERR_(PACKAGE_PATH_NOT_EXPORTED|MODULE_NOT_FOUND)\n$/);
    }
  });
});
