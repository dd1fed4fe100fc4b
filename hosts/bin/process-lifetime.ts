import cluster from 'node:cluster';
import { garbageCollector } from './garbage-collector.js';

/**
 * Resolves at the first SIGTERM or SIGINT; a second one ends the process at once. Not so in a worker, which hears both from its primary
 * and from the terminal or the service manager: there the primary ends it.
 */
export async function untilToldToStop(): Promise<NodeJS.Signals> {
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

/** Ends the process after `ms` if it has not ended by itself: whatever still waits for others then is given up. */
export function exitWithin(ms: number): void {
  setTimeout(() => process.exit(), ms).unref();
}

/** Share of its time for which an idle event loop may be at work. */
const idleShare = 0.1;

/** Does something once, at the end of the first stretch in which the process had next to nothing to do. Keeps no process alive for it. */
export function onceIdle(task: () => void, { stretchMs = 2000 }: { readonly stretchMs?: number } = {}): void {
  let before = performance.eventLoopUtilization();
  const timer = setInterval(() => {
    const { utilization } = performance.eventLoopUtilization(before);
    before = performance.eventLoopUtilization();
    if (utilization > idleShare) return;
    clearInterval(timer);
    task();
  }, stretchMs).unref();
}

/**
 * Gives back the memory that the start took, a third of all: V8 makes room for 64 MiB of young objects while it loads modules, and keeps
 * that in a server that has nothing to do. Room that requests need is made again within seconds, at the price of a tenth of a request;
 * everything stands still meanwhile, for some 0.2 s. Hence not for a server that is at work.
 */
export function releaseStartMemory(): void {
  garbageCollector()?.({ type: 'major', flavor: 'last-resort' });
}
