import { parseSessionId } from '../../../core/domain/ids.js';
import type { SessionPosition } from '../../../core/ports/sessions/session-store.js';

/** A place in the list of sessions: hexadecimal milliseconds and a session id, as the pattern of the query says. */
export const sessionCursor = ({ lastSeenAt, id }: SessionPosition): string => `${lastSeenAt.toString(16)}.${id}`;

/** Takes what fits the pattern; null for a text that does not, as for none. */
export function positionOf(cursor: string | undefined): SessionPosition | null {
  const [time = '', text = ''] = cursor?.split('.') ?? [];
  const id = parseSessionId(text);
  return id === null ? null : { lastSeenAt: Number.parseInt(time, 16), id };
}
