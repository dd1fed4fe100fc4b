import type { ErrorCode } from '../../core/domain/error-code.js';
import { instantText } from '../../core/domain/instant-text.js';
import type { LiveEvent } from '../../core/domain/live/live-event.js';
import type { ServerMessageType } from '../../core/ports/live/live-metrics.js';

/** The messages of the server, besides events. */
export type ServerMessage =
  | {
      readonly type: 'welcome';
      readonly user_id: string;
      readonly session_id: string;
      /** Seconds until the token expires. */
      readonly expires_in: number;
      /** Seconds between two pings of the server. */
      readonly ping_interval: number;
      /** Empty while the position is unknown: a later `resumed` contains it. */
      readonly epoch: string;
      readonly offset: number;
    }
  | { readonly type: 'token_expiring' | 'authenticated'; readonly expires_in: number }
  /** `epoch` is present when it differs from the epoch that was last sent to the client. */
  | { readonly type: 'resumed'; readonly recovered: boolean; readonly epoch?: string; readonly offset: number }
  | { readonly type: 'pong' }
  /** `retry_ms` is present where the server will accept the message later. */
  | { readonly type: 'error'; readonly code: ErrorCode; readonly detail: string; readonly retry_ms?: number };

/** An event in the form for a client. */
export interface EventMessage {
  readonly type: 'event';
  readonly offset: number;
  readonly name: string;
  readonly data: unknown;
  /** ISO 8601 in UTC with milliseconds. */
  readonly at: string;
}

/** A message in the form in which it is sent. */
export interface EncodedMessage {
  readonly type: ServerMessageType;
  /** A long text as UTF-8, so that any number of sockets send the same bytes. */
  readonly text: string | Buffer;
}

/** In characters. Encoding a short text for each socket costs less than a buffer. */
const longestText = 4096;

export const encode = (message: ServerMessage): EncodedMessage => ({ type: message.type, text: JSON.stringify(message) });

/** `data` is already JSON, and is not parsed again. */
export function encodeEvent({ offset, name, data, at }: LiveEvent): EncodedMessage {
  const text = `{"type":"event","offset":${offset},"name":${JSON.stringify(name)},"data":${data},"at":"${instantText(at)}"}`;
  return { type: 'event', text: text.length > longestText ? Buffer.from(text) : text };
}
