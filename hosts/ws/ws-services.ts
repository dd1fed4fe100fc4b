import type { LiveMetrics } from '../../core/ports/live/live-metrics.js';
import type { Metrics } from '../../core/ports/operations/metrics.js';
import type { Ports } from '../../core/ports/ports.js';
import type { UseCases } from '../../core/usecases/use-cases.js';
import type { WsLimits } from './ws-limits.js';

/** What the WebSocket host asks of the core. */
export interface WsServices
  extends Pick<
      UseCases,
      | 'throttleClient'
      | 'admitConnection'
      | 'renewConnection'
      | 'recordDisconnection'
      | 'publishEvent'
      | 'deliverEvent'
      | 'replayEvents'
      | 'followConnections'
      | 'watchSubscriptions'
    >,
    Pick<Ports, 'logger' | 'random' | 'clock' | 'tracer'> {
  readonly metrics: LiveMetrics & Pick<Metrics, 'auditLost'>;
}

/** What a server that serves nothing but WebSocket asks besides. */
export interface WsServerServices extends Pick<UseCases, 'checkReadiness'>, Pick<Ports, 'logger' | 'random'> {
  readonly metrics: Pick<Metrics, 'render' | 'requestServed'>;
}

/** What a deployment chooses of the WebSocket host. */
export interface WsSettings {
  /** Origins whose pages may connect, besides the host's own (`https://app.example.org`). */
  readonly corsOrigins: readonly string[];
  /** Addresses and CIDR blocks of the proxies whose header fields are believed. */
  readonly trustProxy: readonly string[];
  /** How often the subscriptions of connected users are read. */
  readonly subscriptionPollSeconds: number;
  /** Connections of this process, admitted or not: of more, the newest are refused. */
  readonly maxSockets: number;
  /** Whether `?token=` opens a socket. Refused, the upgrade is accepted and closed, so that the client can read why. */
  readonly areQueryTokensTaken: boolean;
  /** Frees what only young objects referred to. Without it, V8 decides when. */
  readonly collectYoung?: () => void;
  /** What differs from the contract, in a test. */
  readonly limits?: Partial<WsLimits>;
}
