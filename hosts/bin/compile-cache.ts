import nodeModule from 'node:module';
import { fileURLToPath } from 'node:url';

const besideCode = fileURLToPath(new URL('../../.compile-cache', import.meta.url));

/**
 * Keeps what V8 compiles, from the end of this process for the next one. What is kept is run as it is found, so it lies beside the code,
 * where only those may write who may change the code itself; where this process may not, nothing is kept. `NODE_COMPILE_CACHE` names
 * another folder, `NODE_DISABLE_COMPILE_CACHE=1` does without.
 */
export function keepCompiledCode(folder = besideCode): void {
  // functions that come from a cache are not counted one by one
  if (process.env['NODE_V8_COVERAGE'] === undefined) nodeModule.enableCompileCache(folder);
}
