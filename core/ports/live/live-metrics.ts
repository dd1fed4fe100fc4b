/** The types of messages that a server sends to a device. */
export type ServerMessageType = 'welcome' | 'event' | 'token_expiring' | 'authenticated' | 'resumed' | 'pong' | 'error';

/** The types of messages that a device sends to a server. */
export type ClientMessageType = 'ping' | 'auth' | 'resume' | 'send';

/** The metrics of long-lived connections. */
export interface LiveMetrics {
  /** `open` is the current number of open connections. */
  socketsChanged(open: number): void;
  /** `code` is a close code of the protocol (RFC 6455 §7.4), or `other`. */
  socketClosed(code: number | 'other'): void;
  messageReceived(type: ClientMessageType | 'invalid'): void;
  messageSent(type: ServerMessageType): void;
  /** The server closed the connection of a client that reads too slowly. */
  slowConsumerCut(): void;
  /** Seconds from an event's instant until this process delivered it. */
  eventDelivered(delaySeconds: number): void;
}
