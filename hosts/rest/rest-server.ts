import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from '../../core/ports/operations/logger.js';
import type { Metrics } from '../../core/ports/operations/metrics.js';
import { createHttpServer, type HttpTimeouts } from '../http/create-http-server.js';
import type { ResponsesInFlight } from '../http/responses-in-flight.js';
import { messagesOf } from './messages-of.js';

const second = 1000;
const idleCheckMs = 50;
const lingerMs = second;
/** Max wait, in milliseconds, for an event-loop turn without a new connection or request. */
const quietMs = 500;

/** A server that listens. */
export interface RestServer {
  /** A URL for a browser. */
  readonly url: string;
  /** The actual port, also where the setting is 0. */
  readonly port: number;
  /** For upgrade requests, which the app does not handle. */
  readonly httpServer: Server;
  /**
   * Continues to serve for a tenth of `graceMs`, at most one second, with `Connection: close` on each response, so that requests on their
   * way are served. Then it stops accepting connections, lets the requests in flight finish, closes connections as they become idle, and
   * after `graceMs` closes all others, upgraded connections included. Resolves when all are closed. A second call can only shorten the
   * grace period.
   */
  close(graceMs: number): Promise<void>;
}

export interface RestServerOptions {
  readonly host: string;
  readonly port: number;
  readonly trustProxy?: readonly string[];
  /** Logs each request that could not be read. */
  readonly logger?: Pick<Logger, 'info'> | null;
  /** Counts each request that could not be read. */
  readonly metrics?: Pick<Metrics, 'requestServed'> | null;
  /** How long an idle connection is kept; default 65. */
  readonly keepAliveSeconds?: number;
  /** Timeouts that a test replaces. */
  readonly timeouts?: Partial<HttpTimeouts>;
}

/** Serves an app by HTTP/1.1, with limits for slow and greedy clients. Rejects when the address cannot be used. */
export async function startRestServer(
  app: RequestListener,
  { host, port, trustProxy = [], logger = null, metrics = null, ...bounds }: RestServerOptions,
): Promise<RestServer> {
  const { server, inFlight } = createHttpServer({ ...bounds, trustProxy, logger, metrics, messages: messagesOf(app) });
  const close = closerOf(server, inFlight);
  server.on('request', app);
  server.listen({ host, port });
  await once(server, 'listening');
  const taken = (server.address() as AddressInfo).port;
  return { url: `http://${urlHost(host)}:${taken}`, port: taken, httpServer: server, close };
}

/** Runs before the app is added, so that it sees all connections and requests. */
function closerOf(server: Server, inFlight: ResponsesInFlight): RestServer['close'] {
  const sockets = new Set<Socket>();
  const closed = new Promise<void>((resolve) => server.once('close', resolve));
  let isClosing = false;
  let arrivals = 0;
  server.on('connection', (socket) => {
    arrivals += 1;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('request', (_request, response) => {
    arrivals += 1;
    if (isClosing) response.shouldKeepAlive = false;
  });
  return async (graceMs) => {
    isClosing = true;
    inFlight.endConnections();
    await Promise.race([closed, delay(Math.min(lingerMs, graceMs / 10))]);
    await untilQuiet(() => arrivals);
    // Closes idle connections before the server stops listening, which would do the same first: that takes time, during which the system
    // accepts more connections, only to close them.
    server.closeIdleConnections();
    await untilQuiet(() => arrivals);
    if (server.listening) server.close();
    const idle = setInterval(() => setImmediate(() => server.closeIdleConnections()), idleCheckMs);
    const timeout = new AbortController();
    await Promise.race([closed, delay(graceMs * 0.9, undefined, { signal: timeout.signal }).catch(() => {})]);
    timeout.abort();
    clearInterval(idle);
    for (const socket of sockets) socket.destroy();
    await closed;
  };
}

/**
 * Resolves when an event-loop turn brought no connection and no request. A close would cut off connections that the system has accepted and
 * this process has not yet, and a connection whose bytes are not read yet looks idle: on a busy machine there are many of both.
 */
async function untilQuiet(arrivals: () => number): Promise<void> {
  const endsAt = performance.now() + quietMs;
  for (let before = -1; before !== arrivals() && performance.now() < endsAt; ) {
    before = arrivals();
    await nextTurn();
  }
}

/** An address that stands for all addresses of the machine cannot be opened in a browser. */
function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === '') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
