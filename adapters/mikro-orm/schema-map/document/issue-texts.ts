import type { z } from 'zod';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** What a part must be, by what zod expected. */
const wanted: Readonly<Record<string, string>> = {
  object: 'must be an object',
  record: 'must be an object',
  array: 'must be a list',
  string: 'must be a text',
};

/** The messages of parts that have none of their own. */
export function messageOf(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`;
  return issue.code === 'invalid_type' ? wanted[issue.expected] : undefined;
}

/** What is wrong, each with its path in the JSON. */
export const issueTexts = (issues: readonly Issue[]): readonly string[] => [...new Set(issues.flatMap((issue) => texts(issue, [])))];

function texts(issue: Issue, parent: Path): readonly string[] {
  const path = [...parent, ...issue.path];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${pathText([...path, key])} is unknown`);
  const meant = issue.code === 'invalid_union' ? issue.errors.find((branch) => branch.some(isInside)) : undefined;
  return meant?.flatMap((inner) => texts(inner, path)) ?? [`${pathText(path)} ${issue.message}`];
}

/** Whether a part of the value is wrong, so that the branch of a union is the one that was meant. */
const isInside = (issue: Issue): boolean => issue.path.length > 0 || issue.code === 'unrecognized_keys';

/** A path as messages show it: `credentials.recipes[0].salt`. */
export function pathText(path: Path): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key) || '""'}`)).join('');
  return text.slice(1) || 'the document';
}
