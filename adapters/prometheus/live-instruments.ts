import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** Buckets for the seconds from an event until it is sent to a device's connection. */
const delayBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The metrics of long-lived connections. */
export function liveInstrumentsIn(registry: Registry) {
  const registers = [registry];
  return {
    sockets: new Gauge({ name: 'move_acces_sockets', help: 'WebSocket connections open', registers, aggregator: 'sum' }),
    socketsClosed: new Counter({
      name: 'move_acces_socket_closed_total',
      help: 'WebSocket connections closed',
      labelNames: ['code'],
      registers,
    }),
    socketMessages: new Counter({
      name: 'move_acces_socket_messages_total',
      help: 'WebSocket messages from and to devices',
      labelNames: ['direction', 'type'],
      registers,
    }),
    slowConsumers: new Counter({ name: 'move_acces_slow_consumers_total', help: 'Clients cut for reading too slowly', registers }),
    eventDelay: new Histogram({
      name: 'move_acces_event_delay_seconds',
      help: 'Time from an event until this process passed it on',
      buckets: delayBuckets,
      registers,
    }),
  } as const;
}
