import { type ProblemCode, problemEntry } from './problem-catalogue.js';

/**
 * Statuses of requests that may be an attack. Log lines of others do not contain the address, to store as little personal data as possible.
 */
const suspectStatuses: ReadonlySet<number> = new Set([401, 403, 429]);

/** Returns whether the log line of a response with this status contains the client's address. */
export const isAddressLogged = (status: number): boolean => suspectStatuses.has(status);

export interface RefusedRequest {
  readonly requestId: string | null;
  readonly code: ProblemCode;
  readonly ip: string | null;
}

/** The fields of the log line of a refusal. */
export const refusalFields = ({ requestId, code, ip }: RefusedRequest): Record<string, string | null> => ({
  requestId,
  code,
  ...(isAddressLogged(problemEntry(code).status) && { ip }),
});
