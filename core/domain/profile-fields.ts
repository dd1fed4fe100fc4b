import type { Violation } from './auth-error.js';
import { codePoints, isPlainLine } from './text.js';
import type { ProfileChanges } from './user.js';

const phoneShape = /^\+?[0-9][0-9 ().-]{2,30}$/;

/** Trims and checks the fields a person may choose; an empty text is the same as null. Every fault is found at once. */
export function parseProfileChanges(input: ProfileChanges): {
  readonly changes: ProfileChanges;
  readonly violations: readonly Violation[];
} {
  const violations: Violation[] = [];
  const changes = {
    ...parsed('firstName', input.firstName, nameFault, violations),
    ...parsed('lastName', input.lastName, nameFault, violations),
    ...parsed('phone', input.phone, phoneFault, violations),
  };
  return { changes, violations };
}

function parsed(
  field: keyof ProfileChanges,
  value: string | null | undefined,
  fault: (text: string) => string | null,
  violations: Violation[],
) {
  if (value === undefined) return {};
  const text = value?.trim().normalize('NFC') ?? '';
  const rule = text === '' ? null : fault(text);
  if (rule !== null) violations.push({ field, rule });
  return { [field]: text === '' ? null : text };
}

function nameFault(text: string): string | null {
  if (codePoints(text) > 100) return 'at most 100 characters';
  return isPlainLine(text) ? null : 'one line of text without control characters';
}

function phoneFault(text: string): string | null {
  return phoneShape.test(text) && text.length <= 32
    ? null
    : 'a phone number: digits, optionally with + in front and spaces, dots, dashes or brackets between, at most 32 characters';
}
