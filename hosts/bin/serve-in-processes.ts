import cluster from 'node:cluster';
import type { ServeOptions } from '../cli/cli-actions.js';
import { readConfig } from './open-composition.js';
import { untilStopSignal } from './process-lifetime.js';

/** Serves in this process or in several, as the configuration says. */
export async function serveInProcesses(options: ServeOptions): Promise<void> {
  if (cluster.isWorker) return await serveAsWorker(options);
  const { config, warnings, files } = readConfig(options);
  // What is heavy is loaded by the process that needs it.
  if (config.http.workers === 1) return await (await import('./serve.js')).serve(options);
  for (const warning of warnings) process.stderr.write(`${warning}\n`);
  const { leadWorkers } = await import('../cluster/lead-workers.js');
  await leadWorkers({ config, files, mayMigrate: options.migrate, stopSignal: untilStopSignal() });
}

async function serveAsWorker(options: ServeOptions): Promise<void> {
  const { joinPrimary } = await import('../cluster/join-primary.js');
  const worker = await joinPrimary();
  const { serve } = await import('./serve.js');
  await serve({ ...options, migrate: worker.mayMigrate }, worker);
  await worker.leave();
}
