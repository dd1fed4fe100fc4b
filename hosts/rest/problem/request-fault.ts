import type { Violation } from '../../../core/domain/refusal-details.js';
import type { FaultBody } from './problem-body.js';

/** A JSON pointer (RFC 6901 §3) from a path of names. */
export const jsonPointer = (...names: readonly string[]): string =>
  names.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** `firstName` is `first_name` on the wire. */
export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Converts a violation of a rule of the domain into a fault with the name of the body's field. */
export const faultOfViolation = ({ field, rule, reason }: Violation): FaultBody => ({
  pointer: field === null ? jsonPointer() : jsonPointer(snakeCase(field)),
  detail: rule,
  ...(reason && { reason }),
});
