import type { IncomingMessage } from 'node:http';
import type { Origin } from '../../core/domain/origin.js';
import { tidyLine } from '../../core/domain/text.js';

export interface KnownRequest {
  /** As `clientAddressFinder` found it. */
  readonly ip: string | null;
  /** As `requestIdFinder` gave it. */
  readonly requestId: string;
}

/** Where a request comes from, for the audit log and for the list of sessions. The device's own description is cut at 255 characters. */
export const requestOrigin = ({ headers }: Pick<IncomingMessage, 'headers'>, { ip, requestId }: KnownRequest): Origin => ({
  ip,
  userAgent: tidyLine(headers['user-agent'], 255),
  requestId,
});
