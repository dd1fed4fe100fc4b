import cluster from 'node:cluster';
import { garbageCollector } from './garbage-collector.js';

/**
 * Resolves at the first SIGTERM or SIGINT; a second one ends the process at once. A worker ignores a second one: it gets one from its
 * primary and one from the terminal or the service manager, and the primary ends it.
 */
export async function untilStopSignal(): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  let isStopping = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (isStopping && cluster.isPrimary) process.exit(1);
    isStopping = true;
    resolve(signal);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  return promise;
}

/** Ends the process after `ms` if it has not ended by itself, whatever is still pending. */
export function exitWithin(ms: number): void {
  setTimeout(() => process.exit(), ms).unref();
}

/** Max utilization of an event loop that counts as idle. */
const idleShare = 0.1;

/** Runs `task` once, after the first interval in which the event loop was idle. Does not keep the process alive. */
export function onceIdle(task: () => void, { intervalMs = 2000 }: { readonly intervalMs?: number } = {}): void {
  let before = performance.eventLoopUtilization();
  const timer = setInterval(() => {
    const { utilization } = performance.eventLoopUtilization(before);
    before = performance.eventLoopUtilization();
    if (utilization > idleShare) return;
    clearInterval(timer);
    task();
  }, intervalMs).unref();
}

/**
 * Releases the memory that only the start needed, a third of the whole: V8 grows its young generation to 64 MiB while it loads modules, and
 * an idle server keeps that size. Under load V8 grows it again within seconds, which costs a tenth of a request. The collection blocks the
 * process for some 0.2 s, so call it while the server is idle.
 */
export function releaseStartMemory(): void {
  garbageCollector()?.({ type: 'major', flavor: 'last-resort' });
}
