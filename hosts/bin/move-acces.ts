#!/usr/bin/env node
// as a whole: an older Node, which is refused below with a message, throws at an import of a name that it lacks
import os from 'node:os';
import { isNodeSupported } from '../config/supported-node.js';
import { startAgainWithAllocator } from './allocator.js';
import { keepCompiledCode } from './compile-cache.js';
import { runOnPinnedNode } from './pinned-node.js';

if (isNodeSupported(process.versions.node)) {
  // The memory of a command goes with it.
  if (process.argv[2] === 'serve') startAgainWithAllocator();
  keepCompiledCode();
  // Hashes may use as many threads as there are cores. Four more threads serve files, names and keys, which then do not wait for hashes.
  // This code reads only the environment, because libuv fixes the size of the pool when the pool is first used.
  process.env['UV_THREADPOOL_SIZE'] ??= String((Number(process.env['HASH_CONCURRENCY']) || os.availableParallelism()) + 4);
  const { main } = await import('./main.js');
  await main(process.argv);
} else {
  runOnPinnedNode();
}
