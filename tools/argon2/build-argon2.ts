import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { hashRates } from './hash-rates.js';

/**
 * Compiles the C code of the `argon2` package for the processor of this machine, where a compiler is: the binary that comes with it is
 * for any x86-64, and its wider instructions make a hash half as costly again. The package takes what was built before what it brought.
 * An argument takes the place of `native` where the server is another machine: `x86-64-v3` is any with AVX2.
 */
const [march = 'native'] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const folder = dirname(require.resolve('argon2'));
const gyp = join(dirname(process.env.npm_execpath ?? ''), '../node_modules/node-gyp/bin/node-gyp.js');
const node = dirname(dirname(process.execPath));

if (!existsSync(gyp)) fail('start it by npm, which brings node-gyp: npm run argon2:native');
const flags = `${process.env.CFLAGS ?? ''} -O3 -march=${march}`;
const headers = existsSync(join(node, 'include/node/node_api.h')) ? [`--nodedir=${node}`] : [];
const { status } = spawnSync(process.execPath, [gyp, 'rebuild', '--silent', `--directory=${folder}`, ...headers], {
  stdio: 'inherit',
  env: { ...process.env, CFLAGS: flags, CXXFLAGS: flags },
});
if (status !== 0) fail('nothing was built: it takes a C++ compiler, make and Python', { isToBeRemoved: true });

const rates = hashRates();
const built = rates.find(({ name }) => name === 'built here');
if (built === undefined || !built.isRight) fail('what was built does not hash as it should', { isToBeRemoved: true });
for (const { name, perSecond } of rates) process.stdout.write(`${perSecond.toFixed(0).padStart(6)} hashes a second  ${name}\n`);

function fail(reason: string, { isToBeRemoved = false } = {}): never {
  if (isToBeRemoved) rmSync(join(folder, 'build'), { recursive: true, force: true });
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}
