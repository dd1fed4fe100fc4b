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
/** Longest wait for a moment in which nobody comes. */
const quietMs = 500;

/** A server that listens. */
export interface RestServer {
  /** For a person to open. */
  readonly url: string;
  /** The port taken, also where 0 was asked for. */
  readonly port: number;
  /** For upgrades, which are not the app's. */
  readonly httpServer: Server;
  /**
   * Goes on for a moment, a tenth of `graceMs` and a second at most, with each answer telling its client to hang up: who was already
   * on the way is served. Then takes no more connections, lets the requests in flight finish, closes connections as they fall idle,
   * and cuts what is left after `graceMs`, upgraded connections included. Resolves when all are gone. Called again, it waits no longer
   * than the shorter grace.
   */
  close(graceMs: number): Promise<void>;
}

export interface RestServerOptions {
  readonly host: string;
  readonly port: number;
  readonly trustProxy?: readonly string[];
  /** Takes a line for each request that could not be read. */
  readonly logger?: Pick<Logger, 'info'> | null;
  /** Counts each request that could not be read. */
  readonly metrics?: Pick<Metrics, 'requestServed'> | null;
  /** How long an idle connection is kept; 65 unless given. */
  readonly keepAliveSeconds?: number;
  /** What differs, in a test. */
  readonly timeouts?: Partial<HttpTimeouts>;
}

/** Serves an app by HTTP/1.1, with limits that a slow or greedy client runs into. Rejects when the address cannot be had. */
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

/** Comes before the app, to see its connections and requests. */
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
    // Before the door is shut, which does the same first: while that takes its time, the system takes more connections, only to cut them.
    server.closeIdleConnections();
    await untilQuiet(() => arrivals);
    if (server.listening) server.close();
    const idle = setInterval(() => setImmediate(() => server.closeIdleConnections()), idleCheckMs);
    const patience = new AbortController();
    await Promise.race([closed, delay(graceMs * 0.9, undefined, { signal: patience.signal }).catch(() => {})]);
    patience.abort();
    clearInterval(idle);
    for (const socket of sockets) socket.destroy();
    await closed;
  };
}

/**
 * Resolves when a whole turn of the event loop brought nobody. Connections that the system has taken and we have not yet would be cut
 * by a close, and one with bytes that nobody has read yet looks idle: on a busy machine there are many of both.
 */
async function untilQuiet(arrivals: () => number): Promise<void> {
  const endsAt = performance.now() + quietMs;
  for (let before = -1; before !== arrivals() && performance.now() < endsAt; ) {
    before = arrivals();
    await nextTurn();
  }
}

/** Every address of the machine is no address to open. */
function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === '') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
