/** What a server may say to a device. */
export type ServerMessageType = 'welcome' | 'event' | 'token_expiring' | 'authenticated' | 'resumed' | 'pong' | 'error';

/** What a device may say to a server. */
export type ClientMessageType = 'ping' | 'auth' | 'resume' | 'send';

/** What is counted of connections that stay open. */
export interface LiveMetrics {
  /** How many are open now. */
  socketsChanged(open: number): void;
  /** `code` is a close code of the protocol (RFC 6455 §7.4), or `other`. */
  socketClosed(code: number | 'other'): void;
  messageReceived(type: ClientMessageType | 'invalid'): void;
  messageSent(type: ServerMessageType): void;
  /** A client that reads too slowly was cut. */
  slowConsumerCut(): void;
  /** Seconds from an event's instant until this process passed it on. */
  eventDelivered(delaySeconds: number): void;
}
