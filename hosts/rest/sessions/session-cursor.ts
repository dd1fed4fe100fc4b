import { parseSessionId } from '../../../core/domain/ids.js';
import type { SessionPosition } from '../../../core/ports/sessions/session-store.js';

/** A position in the list of sessions: hexadecimal milliseconds and a session id, in the form of the query's pattern. */
export const sessionCursor = ({ lastSeenAt, id }: SessionPosition): string => `${lastSeenAt.toString(16)}.${id}`;

/** Takes a text that fits the pattern; null for any other text and for none. */
export function positionOf(cursor: string | undefined): SessionPosition | null {
  const [time = '', text = ''] = cursor?.split('.') ?? [];
  const id = parseSessionId(text);
  return id === null ? null : { lastSeenAt: Number.parseInt(time, 16), id };
}
