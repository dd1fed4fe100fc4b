/** The numbers of the protocol. */
export interface WsLimits {
  /** One message, in bytes. */
  readonly maxMessageBytes: number;
  /** Frames that one message may come in. */
  readonly maxFragments: number;
  /** What may wait to be sent to one client, in bytes. */
  readonly maxQueuedBytes: number;
  /** What may wait for all clients of a process together, to be sent, completed, handled or replayed, in bytes. */
  readonly maxHeldBytes: number;
  /** Disconnections that wait to be recorded. */
  readonly maxWaitingDisconnections: number;
  readonly messagesPerSecond: number;
  /** Messages that may come at once by a client that was silent before. */
  readonly messageBurst: number;
  /** Messages that a renewal of the token counts for: it costs a statement. */
  readonly authCost: number;
  /** Bytes that the sockets of one user may cause in a second, and at once after a while of silence. */
  readonly trafficPerSecond: number;
  readonly trafficBurst: number;
  /** Bytes beyond that, after which a client that goes on is cut off. */
  readonly trafficDebt: number;
  readonly socketsPerUser: number;
  readonly authTimeoutMs: number;
  readonly pingIntervalMs: number;
  readonly pongTimeoutMs: number;
  /** How long before the end of a token its client gets the notice: at least so long, and at most. */
  readonly expiryNoticeMinMs: number;
  readonly expiryNoticeMaxMs: number;
  /** How long events are held back from a client that may be about to resume. */
  readonly resumeGraceMs: number;
  /** How long history that cannot be read is asked for again. */
  readonly resumePatienceMs: number;
  /** How long a closing handshake may take. */
  readonly closeTimeoutMs: number;
  /** How often deadlines are looked at. */
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
