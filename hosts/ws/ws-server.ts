import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { WsHost } from './create-ws-host.js';
import type { WsServerServices } from './ws-services.js';

/** A server of nothing but WebSocket, with what an operator asks of a process. */
export interface WsServer {
  /** `http://…`; the socket is at `/ws` below it, by `ws:`. */
  readonly url: string;
  readonly port: number;
  readonly httpServer: Server;
  /**
   * Closes the host within `graceMs`, and then itself. For a moment of it, a tenth and a second at most, it still answers: who asks
   * whether it is ready hears no.
   */
  close(graceMs: number): Promise<void>;
}

export interface WsServerOptions {
  readonly host: WsHost;
  readonly services: WsServerServices;
  readonly listen: { readonly host: string; readonly port: number };
  /** Whether a request may read the metrics. */
  readonly mayReadMetrics: (request: IncomingMessage) => boolean;
}

const second = 1000;

/** Rejects when the address cannot be had. */
export async function startWsServer({ host, services, listen, mayReadMetrics }: WsServerOptions): Promise<WsServer> {
  const server = createServer({ headersTimeout: 10 * second, requestTimeout: 30 * second, connectionsCheckingInterval: 5 * second });
  server.maxHeadersCount = 100;
  server.on('request', (request, response) => {
    answer(request, response, services, mayReadMetrics).catch(() => response.destroy());
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

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  services: WsServerServices,
  mayReadMetrics: WsServerOptions['mayReadMetrics'],
): Promise<void> {
  const path = (request.url ?? '').replace(/\?.*$/s, '');
  response.setHeader('Cache-Control', 'no-store');
  if (request.method !== 'GET' && request.method !== 'HEAD') return json(response, 405, { status: 405 }, { Allow: 'GET, HEAD' });
  switch (path) {
    case '/healthz':
      return json(response, 200, { status: 'ok' });
    case '/readyz': {
      const { isReady, dependencies } = await services.checkReadiness.execute();
      const states = dependencies.map(({ name, state }) => ({ name, state }));
      return json(response, isReady ? 200 : 503, { status: isReady ? 'ready' : 'unavailable', dependencies: states });
    }
    case '/metrics': {
      if (!mayReadMetrics(request)) return json(response, 403, { status: 403 });
      const { contentType, body } = await services.metrics.render();
      return void response.writeHead(200, { 'Content-Type': contentType }).end(body);
    }
    case '/ws':
      // RFC 9110 §15.5.22
      return json(response, 426, { status: 426 }, { Upgrade: 'websocket', Connection: 'Upgrade' });
    default:
      return json(response, 404, { status: 404 });
  }
}

function json(response: ServerResponse, status: number, body: object, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
}
