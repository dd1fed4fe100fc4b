import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createHttpServer, type HttpTimeouts } from '../http/create-http-server.js';
import type { MetricsReaderSettings } from '../http/metrics-reader.js';
import type { WsHost } from './create-ws-host.js';
import { operatorRequests } from './operator-requests.js';
import type { WsServerServices } from './ws-services.js';

/** A server for WebSocket only, with the routes for operators of a process. */
export interface WsServer {
  /** `http://…`; the socket is at `/ws` below it, by `ws:`. */
  readonly url: string;
  readonly port: number;
  readonly httpServer: Server;
  /**
   * Closes the host within `graceMs`, and then the server. For a tenth of it, at most one second, the server still responds: readiness is
   * then false.
   */
  close(graceMs: number): Promise<void>;
}

export interface WsServerOptions {
  readonly host: WsHost;
  readonly services: WsServerServices;
  readonly listen: { readonly host: string; readonly port: number };
  readonly settings: MetricsReaderSettings;
  /** How long an idle connection is kept; default 65. */
  readonly keepAliveSeconds?: number;
  /** Timeouts that a test replaces. */
  readonly timeouts?: Partial<HttpTimeouts>;
}

const second = 1000;

/** Rejects when the address cannot be used. */
export async function startWsServer({ host, services, listen, settings, ...bounds }: WsServerOptions): Promise<WsServer> {
  const { logger, metrics } = services;
  const { server } = createHttpServer({ ...bounds, trustProxy: settings.trustProxy, logger, metrics });
  const answer = operatorRequests(services, settings);
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response).catch(() => response.destroy());
  });
  host.attach(server);
  server.listen(listen);
  await once(server, 'listening');
  // a cast: a TCP server that listens has such an address
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${listen.host.includes(':') ? `[${listen.host}]` : listen.host}:${port}`,
    port,
    httpServer: server,
    close: async (graceMs) => {
      const { promise: closed, resolve } = Promise.withResolvers<void>();
      const lingering = delay(Math.min(second, graceMs / 10)).then(() => void server.close(() => resolve()));
      await Promise.all([host.close(graceMs), lingering]);
      server.closeAllConnections();
      await closed;
    },
  };
}
