import type { LiveMetrics } from '../../core/ports/live/live-metrics.js';
import type { Metrics } from '../../core/ports/operations/metrics.js';
import type { Ports } from '../../core/ports/ports.js';
import type { UseCases } from '../../core/usecases/use-cases.js';
import type { WsLimits } from './ws-limits.js';

/** The parts of the core that the WebSocket host uses. */
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

/** Further parts for a server that serves only WebSocket. */
export interface WsServerServices extends Pick<UseCases, 'checkReadiness'>, Pick<Ports, 'logger' | 'random'> {
  readonly metrics: Pick<Metrics, 'render' | 'requestServed'>;
}

/** The settings of the WebSocket host. */
export interface WsSettings {
  /** Origins whose pages may connect, besides the host's own (`https://app.example.org`). */
  readonly corsOrigins: readonly string[];
  /** Addresses and CIDR blocks of the proxies whose headers are trusted. */
  readonly trustProxy: readonly string[];
  /** Interval at which the subscriptions of connected users are read. */
  readonly subscriptionPollSeconds: number;
  /** Max connections of this process, admitted or not. New connections above it are refused. */
  readonly maxSockets: number;
  /** Whether `?token=` may open a socket. If not, the upgrade is accepted and then closed, so that the client can read the reason. */
  readonly areQueryTokensTaken: boolean;
  /** Frees memory that only young objects referenced. Without it, V8 decides when. */
  readonly collectYoung?: () => void;
  /** Limits that differ from the contract, in a test. */
  readonly limits?: Partial<WsLimits>;
}
