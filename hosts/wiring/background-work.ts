import type { Ports } from '../../core/ports/ports.js';
import type { UseCases } from '../../core/usecases/use-cases.js';

const pruneEveryMs = 60_000;
const sealEveryMs = 10_000;

/** Starts what a serving process does by itself: it looks whether others changed their tables, follows what ends elsewhere, and cleans up. Resolves once requests can be judged. */
export async function startBackgroundWork(
  useCases: UseCases,
  { scheduler, logger }: Pick<Ports, 'scheduler' | 'logger'>,
): Promise<AsyncDisposable> {
  await using started = new AsyncDisposableStack();
  const changed = await useCases.watchDefinitions.execute();
  if (changed.length > 0) logger.warn('run "db check": definitions of existing tables have changed', { tables: changed });
  await useCases.followRevocations.start();
  started.defer(() => useCases.followRevocations.stop());
  const pruning = scheduler.every(pruneEveryMs, async () => void (await useCases.pruneSessions.execute()));
  started.defer(() => pruning.stop());
  const sealing = scheduler.every(sealEveryMs, async () => void (await useCases.sealAudit.execute()));
  started.defer(() => sealing.stop());
  return started.move();
}
