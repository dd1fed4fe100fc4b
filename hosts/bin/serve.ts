import type { ServeOptions } from '../cli/cli-actions.js';
import { showWelcome } from '../cli/welcome.js';
import type { TakenSeat } from './cluster/take-seat.js';
import { composeConfigured } from './configured.js';
import { serving } from './serving.js';
import { untilToldToStop } from './until-told-to-stop.js';

/** Serves until a signal says stop, then finishes what it has begun. `seat` is this process's place among several. */
export async function serve(options: ServeOptions, seat: TakenSeat | null = null): Promise<void> {
  const stopSignal = untilToldToStop();
  const { config, composition } = await composeConfigured(options, seat);
  await using _resources = composition;
  await composition.prepare({ mayMigrate: options.migrate });
  await using _work = await composition.start();

  const { ports, demoLogin } = composition;
  const server = await serving[options.target](composition, config);
  ports.logger.info('listening', { url: server.url, pid: process.pid });
  if (demoLogin !== null && options.target !== 'ws') showWelcome({ url: server.url, login: demoLogin });

  ports.logger.info('stopping', { signal: await stopSignal });
  await server.close(config.http.shutdownTimeoutSeconds * 1000);
}
