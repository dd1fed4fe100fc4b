import type { ErrorCode } from '../../core/domain/error-code.js';
import { instantText } from '../../core/domain/instant-text.js';
import type { LiveEvent } from '../../core/domain/live/live-event.js';
import type { ServerMessageType } from '../../core/ports/live/live-metrics.js';

/** What the server says, besides events. */
export type ServerMessage =
  | {
      readonly type: 'welcome';
      readonly user_id: string;
      readonly session_id: string;
      /** Seconds until the token ends. */
      readonly expires_in: number;
      /** Seconds between two pings of the server. */
      readonly ping_interval: number;
      /** Empty while the place is not known: a `resumed` tells it later. */
      readonly epoch: string;
      readonly offset: number;
    }
  | { readonly type: 'token_expiring' | 'authenticated'; readonly expires_in: number }
  /** `epoch` is there when it is not the one that the client was told before. */
  | { readonly type: 'resumed'; readonly recovered: boolean; readonly epoch?: string; readonly offset: number }
  | { readonly type: 'pong' }
  /** `retry_ms` is there where the message will be taken after a while. */
  | { readonly type: 'error'; readonly code: ErrorCode; readonly detail: string; readonly retry_ms?: number };

/** An event, as a client reads it. */
export interface EventMessage {
  readonly type: 'event';
  readonly offset: number;
  readonly name: string;
  readonly data: unknown;
  /** ISO 8601 in UTC with milliseconds. */
  readonly at: string;
}

/** A message as it is sent. */
export interface EncodedMessage {
  readonly type: ServerMessageType;
  /** A long one as UTF-8, so that any number of sockets send the same bytes. */
  readonly text: string | Buffer;
}

/** In characters. A short text costs less to encode for each socket than a buffer does. */
const longestText = 4096;

export const encode = (message: ServerMessage): EncodedMessage => ({ type: message.type, text: JSON.stringify(message) });

/** `data` is JSON already, and is not read again. */
export function encodeEvent({ offset, name, data, at }: LiveEvent): EncodedMessage {
  const text = `{"type":"event","offset":${offset},"name":${JSON.stringify(name)},"data":${data},"at":"${instantText(at)}"}`;
  return { type: 'event', text: text.length > longestText ? Buffer.from(text) : text };
}
