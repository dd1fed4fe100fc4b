import type { ClientMessageType } from '../../core/ports/live/live-metrics.js';

/** A message of a client. */
export type ClientMessage =
  | { readonly type: 'ping' }
  | { readonly type: 'auth'; readonly token: string }
  | { readonly type: 'resume'; readonly epoch: string; readonly offset: number }
  | { readonly type: 'send'; readonly name: string; readonly data: unknown };

type Fields = Readonly<Record<string, unknown>>;

/** Each type of message with its fields: all are required, and no others are allowed. */
const parsers: {
  readonly [Type in ClientMessageType]: { readonly fields: readonly string[]; read(fields: Fields): ClientMessage | null };
} = {
  ping: { fields: [], read: () => ({ type: 'ping' }) },
  auth: { fields: ['token'], read: ({ token }) => (isText(token, 8192) ? { type: 'auth', token } : null) },
  resume: {
    fields: ['epoch', 'offset'],
    read: ({ epoch, offset }) => (isText(epoch, 64) && isOffset(offset) ? { type: 'resume', epoch, offset } : null),
  },
  send: { fields: ['name', 'data'], read: ({ name, data }) => (isText(name, 256) ? { type: 'send', name, data } : null) },
};

/** Returns null for a text that is not exactly one message of the protocol. */
export function parseMessage(text: string): ClientMessage | null {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'type')) return null;
  // a cast: any object has this type
  const fields = value as Fields;
  const { type } = fields;
  if (typeof type !== 'string' || !Object.hasOwn(parsers, type)) return null;
  // a cast: the line before proves it
  const parser = parsers[type as ClientMessageType];
  const isComplete = Object.keys(fields).length === parser.fields.length + 1 && parser.fields.every((name) => Object.hasOwn(fields, name));
  return isComplete ? parser.read(fields) : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const isText = (value: unknown, maxLength: number): value is string => typeof value === 'string' && value.length <= maxLength;

const isOffset = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
