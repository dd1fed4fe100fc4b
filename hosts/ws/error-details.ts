import type { ErrorCode } from '../../core/domain/error-code.js';

/** Texts for a client whose message was rejected while its connection stays open. They contain nothing of the message. */
const details: Partial<Record<ErrorCode, string>> = {
  forbidden: 'Names with a dot are reserved to the server.',
  validation_failed: 'The name must be up to 64 letters, digits, _ or -, the data nested at most 32 deep.',
  payload_too_large: 'The data of an event may have 64000 bytes.',
  rate_limited: 'The sockets of this user cause more bytes than they may: try again later.',
  overloaded: 'The service has more to do than it can: try again.',
  dependency_unavailable: 'Something that the service depends on does not answer: try again.',
};

export const errorDetail = (code: ErrorCode): string => details[code] ?? 'The message was not taken.';
