import cluster from 'node:cluster';

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
