import type { Violation } from './auth-error.js';
import { tidyPhone } from './phone-number.js';
import { codePoints, isPlainLine } from './text.js';
import type { ProfileChanges } from './user.js';

/** Trims and checks the fields a person may choose; an empty text is the same as null. Every fault is found at once. */
export function parseProfileChanges(input: ProfileChanges): {
  readonly changes: ProfileChanges;
  readonly violations: readonly Violation[];
} {
  const violations: Violation[] = [];
  const changes = {
    ...parsed('firstName', input.firstName, nameFault, violations),
    ...parsed('lastName', input.lastName, nameFault, violations),
    ...parsedPhone(input.phone, violations),
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

function parsedPhone(value: string | null | undefined, violations: Violation[]) {
  if (value === undefined) return {};
  const phone = tidyPhone(value ?? '');
  if (phone === null) violations.push({ field: 'phone', rule: phoneRule });
  return { phone: phone || null };
}

const phoneRule =
  'a phone number: 3 to 18 digits, optionally with + in front, spaces, dots, dashes, slashes or brackets between, and an extension such as "ext. 12" behind';
