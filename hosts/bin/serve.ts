import type { ServeOptions } from '../cli/cli-actions.js';
import { showWelcome } from '../cli/welcome.js';
import { createRestApp } from '../rest/create-rest-app.js';
import { startRestServer } from '../rest/rest-server.js';
import { composeConfigured } from './configured.js';
import { untilToldToStop } from './until-told-to-stop.js';

/** Serves until a signal says stop, then finishes what it has begun. */
export async function serve(options: ServeOptions): Promise<void> {
  const stopSignal = untilToldToStop();
  const { config, composition } = await composeConfigured(options);
  await using _resources = composition;
  await composition.prepare({ mayMigrate: options.migrate });
  await using _work = await composition.start();

  const { useCases, ports, demoLogin } = composition;
  const { docs, metricsToken, shutdownTimeoutSeconds } = config.http;
  const app = createRestApp({ ...useCases, ...ports }, { ...config.http, areDocsOn: docs, metricsToken: metricsToken?.reveal() ?? null });
  const server = await startRestServer(app, config.http);
  ports.logger.info('listening', { url: server.url, pid: process.pid });
  if (demoLogin !== null) showWelcome({ url: server.url, login: demoLogin });

  ports.logger.info('stopping', { signal: await stopSignal });
  await server.close(shutdownTimeoutSeconds * 1000);
}
