/** The limits and times of the protocol. */
export interface WsLimits {
  /** Max size of one message, in bytes. */
  readonly maxMessageBytes: number;
  /** Max number of frames of one message. */
  readonly maxFragments: number;
  /** Max bytes that wait to be sent to one client. */
  readonly maxQueuedBytes: number;
  /** Max bytes that wait for all clients of a process together, to be sent, completed, handled or replayed. */
  readonly maxHeldBytes: number;
  /** Max disconnections that wait to be recorded. */
  readonly maxWaitingDisconnections: number;
  readonly messagesPerSecond: number;
  /** Number of messages that an idle client may send at once. */
  readonly messageBurst: number;
  /** A renewal of the token counts as this many messages: it costs a query. */
  readonly authCost: number;
  /** Bytes that the sockets of one user may cause in a second, and at once after an idle time. */
  readonly trafficPerSecond: number;
  readonly trafficBurst: number;
  /** Max debt in bytes beyond that. Above it, the connection of a client that continues is closed. */
  readonly trafficDebt: number;
  readonly socketsPerUser: number;
  readonly authTimeoutMs: number;
  readonly pingIntervalMs: number;
  readonly pongTimeoutMs: number;
  /** How long before the expiry of a token its client gets the notice: min and max. */
  readonly expiryNoticeMinMs: number;
  readonly expiryNoticeMaxMs: number;
  /** How long events are held back from a client that may be about to resume. */
  readonly resumeGraceMs: number;
  /** How long a failed read of history is retried. */
  readonly resumePatienceMs: number;
  /** Timeout for a closing handshake. */
  readonly closeTimeoutMs: number;
  /** Interval at which deadlines are checked. */
  readonly tickMs: number;
}

export const contractLimits: WsLimits = {
  maxMessageBytes: 64 * 1024,
  maxFragments: 256,
  maxQueuedBytes: 1024 * 1024,
  maxHeldBytes: 16 * 1024 * 1024,
  maxWaitingDisconnections: 10_000,
  messagesPerSecond: 20,
  messageBurst: 40,
  authCost: 10,
  trafficPerSecond: 64 * 1024,
  trafficBurst: 2 * 1024 * 1024,
  // one event of 64 KB to twenty sockets, and time to stop
  trafficDebt: 2 * 1024 * 1024,
  socketsPerUser: 20,
  authTimeoutMs: 10_000,
  pingIntervalMs: 25_000,
  pongTimeoutMs: 8000,
  // 25 seconds, with room for a late tick
  expiryNoticeMinMs: 25_500,
  expiryNoticeMaxMs: 45_000,
  resumeGraceMs: 500,
  resumePatienceMs: 2000,
  closeTimeoutMs: 10_000,
  tickMs: 100,
};
