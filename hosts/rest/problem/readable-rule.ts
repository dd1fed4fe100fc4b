import { nestedMessage } from '../middleware/nesting-fault.js';
import { unknownQueryMessage } from '../middleware/refuse-unknown-query.js';

const notValid = 'something else';

/** Converts tsoa's message into a rule for the value. Translates only known phrases, so that no text of the request gets through. */
export function readableRule(message = ''): string {
  const union = /^Could not match the union against any of the items\. Issues: (.*)$/s.exec(message)?.[1];
  if (union !== undefined) return rulesOfUnion(union);
  if (/^'\w+' is required$/.test(message)) return 'required';
  if (message.endsWith('is an excess property and therefore is not allowed')) return 'no field of this request';
  if (message === unknownQueryMessage) return 'no field of this query';
  if (message === nestedMessage) return 'a single value';
  if (message === 'invalid object') return 'an object';
  if (message === 'invalid string value') return 'a text';
  // in the form of a controller's annotations
  const [, wanted] = /^wants ([\w ]+)$/.exec(message) ?? [];
  if (wanted !== undefined) return wanted;
  const [, end, number] = /^(min|max) (\d+)$/.exec(message) ?? [];
  if (end !== undefined) return `at ${end === 'min' ? 'least' : 'most'} ${number}`;
  const [, bound, length] = /^(minLength|maxLength) (\d+)$/.exec(message) ?? [];
  if (bound !== undefined) return `at ${bound === 'minLength' ? 'least' : 'most'} ${length} ${length === '1' ? 'character' : 'characters'}`;
  const [, values] = /^should be one of the following; \[([\w',]*)\]$/.exec(message) ?? [];
  return values === undefined ? notValid : values.replaceAll("'", '').split(',').join(' or ');
}

/** The issues are JSON, one object for each member of the union, and contain the value as well. */
function rulesOfUnion(issues: string): string {
  const members = JSON.parse(issues) as readonly Record<string, { readonly message?: string }>[];
  const rules = members.flatMap((member) => Object.values(member).map(({ message }) => readableRule(message)));
  return [...new Set(rules)].join(' or ');
}
