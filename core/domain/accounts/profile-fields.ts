import type { Violation } from '../refusal-details.js';
import { codePoints, hasVisible, isShownLine } from '../text.js';
import { tidyPhone } from './phone-number.js';
import type { ProfileChanges } from './user.js';

/** Max length of a name in code points, both as typed and as stored. */
export const maxNameLength = 100;

/** Trims and checks the fields that a user may change. An empty text is the same as null. Reports all violations at once. */
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
  if (codePoints(value ?? '') > maxNameLength) {
    violations.push({ field, rule: tooLong }); // before the normalization, whose time grows with the square of the length
    return {};
  }
  const text = value?.trim().normalize('NFC') ?? '';
  const rule = text === '' ? null : fault(text);
  if (rule !== null) violations.push({ field, rule });
  return { [field]: text === '' ? null : text };
}

const tooLong = `at most ${maxNameLength} characters`;

function nameFault(text: string): string | null {
  if (codePoints(text) > maxNameLength) return tooLong;
  if (!isShownLine(text)) return 'one line of text without control characters';
  return hasVisible(text) ? null : 'a text with a visible character';
}

function parsedPhone(value: string | null | undefined, violations: Violation[]) {
  if (value === undefined) return {};
  const phone = tidyPhone(value ?? '');
  if (phone === null) violations.push({ field: 'phone', rule: phoneRule });
  return { phone: phone || null };
}

const phoneRule =
  'a phone number: 3 to 18 digits, optionally with + in front, spaces, dots, dashes, slashes or brackets between, and an extension such as "ext. 12" behind';
