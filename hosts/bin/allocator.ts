import { hasGlibc } from './node-package.js';

/**
 * From this many bytes on, glibc maps a buffer by itself and gives its pages back when it is freed. By default the bound is 128 KiB and
 * rises to 32 MiB: freed messages then leave holes between those that are still kept, and a process never shrinks again.
 */
const [variable, bytes] = ['MALLOC_MMAP_THRESHOLD_', '49152'];

/**
 * Starts this process anew in its place, with what the C library reads only when a process starts. Does nothing where the operator has
 * set that, where there is no such library, or where a parent talks to this process by a channel that would be lost.
 */
export function startAgainWithAllocator(): void {
  const { env, execPath, execArgv, argv, platform, connected, execve } = process;
  if (platform !== 'linux' || execve === undefined || env[variable] !== undefined || connected || !hasGlibc()) return;
  // a cast: what is in the environment is text
  execve(execPath, [execPath, ...execArgv, ...argv.slice(1)], { ...(env as Record<string, string>), [variable]: bytes });
}
