import { type Action, actions, type ErrorCode } from '../../core/domain/error-code.js';

/** The causes for the end of a connection, besides a refusal of the core. */
export type SocketFault =
  | 'going_away'
  | 'protocol_error'
  | 'binary_message'
  | 'invalid_utf8'
  | 'too_many_fragments'
  | 'message_too_big'
  | 'server_full'
  | 'slow_consumer'
  | 'auth_timeout'
  | 'too_many_messages'
  | 'position_lost'
  | 'bad_message'
  | 'too_many_sockets'
  | 'ticket_invalid'
  | 'query_token_refused'
  | 'foreign_token';

export type CloseName = ErrorCode | SocketFault;

/** The representation of an end in the protocol. */
export interface CloseCause {
  /** RFC 6455 §7.4. 4000 to 4499: connect again; 4500 to 4999: not with the same credential. */
  readonly closeCode: number;
  readonly action: Action;
  /** Where waiting helps: the min and max milliseconds before the next attempt. The server picks a random value between them. */
  readonly retryMs?: readonly [min: number, max: number];
}

const soon = [500, 2000] as const;
const later = [1000, 5000] as const;

/** Refusals of the core keep their actions. */
const refusals = {
  token_missing: { closeCode: 4505 },
  token_invalid: { closeCode: 4505 },
  token_expired: { closeCode: 4401 },
  session_revoked: { closeCode: 4501 },
  reauthentication_required: { closeCode: 4505 },
  invalid_credentials: { closeCode: 4505 },
  refresh_invalid: { closeCode: 4505 },
  refresh_expired: { closeCode: 4505 },
  refresh_reused: { closeCode: 4505 },
  account_disabled: { closeCode: 4503 },
  forbidden: { closeCode: 4500 },
  not_found: { closeCode: 4500 },
  email_taken: { closeCode: 4500 },
  current_password_wrong: { closeCode: 4500 },
  precondition_failed: { closeCode: 4500 },
  payload_too_large: { closeCode: 1009 },
  validation_failed: { closeCode: 4500 },
  rate_limited: { closeCode: 4429, retryMs: later },
  internal_error: { closeCode: 1011, retryMs: later },
  overloaded: { closeCode: 1013, retryMs: later },
  dependency_unavailable: { closeCode: 1013, retryMs: later },
} as const satisfies Record<ErrorCode, Omit<CloseCause, 'action'>>;

const faults = {
  going_away: { closeCode: 1001, action: 'retry', retryMs: soon },
  protocol_error: { closeCode: 1002, action: 'fix' },
  binary_message: { closeCode: 1003, action: 'fix' },
  invalid_utf8: { closeCode: 1007, action: 'fix' },
  too_many_fragments: { closeCode: 1008, action: 'fix' },
  message_too_big: { closeCode: 1009, action: 'fix' },
  server_full: { closeCode: 1013, action: 'retry', retryMs: later },
  slow_consumer: { closeCode: 4400, action: 'retry', retryMs: soon },
  auth_timeout: { closeCode: 4408, action: 'retry', retryMs: soon },
  too_many_messages: { closeCode: 4429, action: 'wait', retryMs: later },
  position_lost: { closeCode: 4440, action: 'retry', retryMs: soon },
  bad_message: { closeCode: 4500, action: 'fix' },
  too_many_sockets: { closeCode: 4504, action: 'none' },
  // the tokens behind it may be valid: another ticket shows it
  ticket_invalid: { closeCode: 4505, action: 'refresh' },
  // it may be valid by another way: the header, the first message or a ticket
  query_token_refused: { closeCode: 4505, action: 'fix' },
  // valid for a separate connection
  foreign_token: { closeCode: 4505, action: 'refresh' },
} as const satisfies Record<SocketFault, CloseCause>;

export const closeCause = (name: CloseName): CloseCause => (isRefusal(name) ? { ...refusals[name], action: actions[name] } : faults[name]);

const isRefusal = (name: CloseName): name is ErrorCode => Object.hasOwn(refusals, name);

/** Every code that this host closes with, those of clients, and those that are never sent (RFC 6455 §7.4.1). */
const countedCodes: ReadonlySet<number> = new Set([
  ...Object.values({ ...refusals, ...faults }).map(({ closeCode }) => closeCode),
  1000,
  1005,
  1006,
]);

/** The code for the metrics: clients may close with any of thousands. */
export const countedCode = (code: number): number | 'other' => (countedCodes.has(code) ? code : 'other');

/** At most 123 bytes (RFC 6455 §5.5): JSON without any content of the request. */
export function closeReason(name: CloseName, retryMs?: number): string {
  const { action } = closeCause(name);
  return JSON.stringify({ code: name, action, ...(retryMs === undefined ? {} : { retry_ms: Math.round(retryMs) }) });
}
