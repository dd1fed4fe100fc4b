import { type ProblemCode, problemEntry } from './problem-catalogue.js';

/** Statuses of requests that may be an attack. Lines of others do not name the address: as little as possible is kept of people. */
const suspectStatuses: ReadonlySet<number> = new Set([401, 403, 429]);

/** Whether the log line of an answer with this status names the client's address. */
export const isAddressLogged = (status: number): boolean => suspectStatuses.has(status);

export interface RefusedRequest {
  readonly requestId: string | null;
  readonly code: ProblemCode;
  readonly ip: string | null;
}

/** What the log line of a refusal holds. */
export const refusalFields = ({ requestId, code, ip }: RefusedRequest): Record<string, string | null> => ({
  requestId,
  code,
  ...(isAddressLogged(problemEntry(code).status) && { ip }),
});
