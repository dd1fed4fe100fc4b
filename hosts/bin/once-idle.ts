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
