import type { ServeTarget } from '../cli/cli-actions.js';
import type { Config } from '../config/config.js';
import { boundConnections } from '../rest/bound-connections.js';
import { clientAddressFinder } from '../rest/client-address.js';
import { createRestApp } from '../rest/create-rest-app.js';
import { metricsReader } from '../rest/metrics-reader.js';
import { startRestServer } from '../rest/rest-server.js';
import type { Composition } from '../wiring/compose.js';
import { createWsHost } from '../ws/create-ws-host.js';
import { startWsServer } from '../ws/ws-server.js';

/** What serves, on one port. */
export interface Serving {
  readonly url: string;
  close(graceMs: number): Promise<void>;
}

/** How each target is served. */
export const serving: { readonly [Target in ServeTarget]: (composition: Composition, config: Config) => Promise<Serving> } = {
  rest: (composition, { http }) => startRestServer(restApp(composition, http), http),

  ws: async (composition, { http }) => {
    const { useCases, ports } = composition;
    const host = await wsHost(composition, http);
    const mayReadMetrics = metricsReader({ metricsToken: http.metricsToken?.reveal() ?? null, trustProxy: http.trustProxy });
    const server = await startWsServer({
      host,
      services: { ...useCases, ...ports },
      listen: { host: http.host, port: http.wsPort },
      mayReadMetrics,
    });
    boundConnections(server.httpServer, http.trustProxy);
    return server;
  },

  all: async (composition, { http }) => {
    const server = await startRestServer(restApp(composition, http), http);
    const host = await wsHost(composition, http);
    host.attach(server.httpServer);
    const close = async (graceMs: number) => {
      // both at once: the server takes no connection any more, and the host sends away who is there
      await Promise.all([server.close(graceMs), host.close(graceMs)]);
    };
    return { url: server.url, close };
  },
};

const restApp = ({ useCases, ports }: Composition, http: Config['http']) =>
  createRestApp({ ...useCases, ...ports }, { ...http, areDocsOn: http.docs, metricsToken: http.metricsToken?.reveal() ?? null });

const wsHost = ({ useCases, ports }: Composition, http: Config['http']) =>
  createWsHost({ ...useCases, ...ports }, { ...http, findClientAddress: clientAddressFinder(http.trustProxy) });
