import type { z } from 'zod';
import { type Keywords, keywords } from './keywords.js';

type Members = Readonly<Record<string, unknown>>;

/** Which members an object has together, in two forms: for the reader, and for the JSON Schema. A member that is null is not there. */
export interface MemberRule {
  /** The problems, by the member that each is about; null for the object itself. */
  problems(members: Members): readonly (readonly [member: string | null, problem: string])[];
  /** The same as a JSON Schema. */
  readonly keyword: object;
}

const has = (members: Members, member: string): boolean => members[member] !== undefined && members[member] !== null;
const given = (member: string) => ({ required: [member], properties: { [member]: { not: { type: 'null' } } } });
const none = (...members: readonly string[]) => ({ not: { anyOf: members.map(given) } });

export const exactlyOneOf = (...choices: readonly string[]): MemberRule => ({
  problems: (members) =>
    choices.filter((choice) => has(members, choice)).length === 1 ? [] : [[null, `must have one of ${choices.join(', ')}`]],
  keyword: { oneOf: choices.map(given) },
});

export const requires = (member: string, needed: string): MemberRule => ({
  problems: (members) => (has(members, member) && !has(members, needed) ? [[needed, 'is missing']] : []),
  keyword: { anyOf: [none(member), given(needed)] },
});

export const excludes = (member: string, others: readonly string[]): MemberRule => ({
  problems: (members) =>
    has(members, member) && others.some((other) => has(members, other)) ? [[member, `goes without ${others.join(' and ')}`]] : [],
  keyword: { anyOf: [none(member), none(...others)] },
});

/** The members that may be there only beside another one. */
export const onlyBeside = (member: string, others: readonly string[], problem: string): MemberRule => ({
  problems: (members) => (has(members, member) ? [] : others.filter((other) => has(members, other)).map((other) => [other, problem])),
  keyword: { anyOf: [given(member), none(...others)] },
});

/** Adds rules to an object. They are checked also where a member is wrong, so that every problem is reported at once. */
export function withRules<Part extends z.ZodObject>(part: Part, rules: readonly MemberRule[], words: Keywords): Part {
  const checked = part.superRefine(
    (members, context) => {
      if (typeof members !== 'object' || members === null) return;
      for (const [member, message] of rules.flatMap((rule) => rule.problems(members))) {
        context.addIssue({ code: 'custom', message, path: member === null ? [] : [member] });
      }
    },
    { when: () => true },
  );
  keywords.add(checked, { ...words, allOf: rules.map((rule) => rule.keyword) });
  return checked;
}
