import type { ServeTarget } from '../cli/cli-actions.js';
import type { Config } from '../config/config.js';
import { createRestApp } from '../rest/create-rest-app.js';
import { startRestServer } from '../rest/rest-server.js';
import type { Composition } from '../wiring/compose.js';
import { createWsHost } from '../ws/create-ws-host.js';
import { startWsServer } from '../ws/ws-server.js';
import { garbageCollector } from './garbage-collector.js';

/** What serves, on one port. */
export interface Serving {
  readonly url: string;
  close(graceMs: number): Promise<void>;
}

/** How each target is served. */
export const serving: { readonly [Target in ServeTarget]: (composition: Composition, config: Config) => Promise<Serving> } = {
  rest: (composition, { http }) => restServer(composition, http),

  ws: async (composition, { http }) => {
    const { useCases, ports } = composition;
    return await startWsServer({
      host: await wsHost(composition, http),
      services: { ...useCases, ...ports },
      listen: { host: http.host, port: http.wsPort },
      settings: { trustProxy: http.trustProxy, metricsToken: http.metricsToken?.reveal() ?? null },
      keepAliveSeconds: http.keepAliveSeconds,
    });
  },

  all: async (composition, { http }) => {
    const server = await restServer(composition, http);
    const host = await wsHost(composition, http);
    host.attach(server.httpServer);
    const close = async (graceMs: number) => {
      // both at once: the server takes no connection any more, and the host sends away who is there
      await Promise.all([server.close(graceMs), host.close(graceMs)]);
    };
    return { url: server.url, close };
  },
};

function restServer({ useCases, ports }: Composition, http: Config['http']) {
  const settings = { ...http, areDocsOn: http.docs, metricsToken: http.metricsToken?.reveal() ?? null };
  return startRestServer(createRestApp({ ...useCases, ...ports }, settings), { ...http, logger: ports.logger, metrics: ports.metrics });
}

function wsHost({ useCases, ports }: Composition, http: Config['http']) {
  const collect = garbageCollector();
  return createWsHost({ ...useCases, ...ports }, { ...http, collectYoung: () => collect?.({ type: 'minor' }) });
}
