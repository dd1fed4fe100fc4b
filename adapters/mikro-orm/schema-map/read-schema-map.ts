import { issueTexts, messageOf, pathText } from './document/issue-texts.js';
import { schemaMapDocument } from './document/schema-map-document.js';
import { type SchemaMap, SchemaMapError } from './schema-map.js';

/**
 * Reads a mapping from JSON as `docs/schema-map.schema.json` describes it. `file` is how messages call it.
 * @throws SchemaMapError with everything that is wrong
 */
export function readSchemaMap(json: string, file: string): SchemaMap {
  const document = parse(json, file);
  // Without zod's compiled parsers: a mapping is read once, and to compile them takes longer.
  const { data, error } = schemaMapDocument.safeParse(document, { error: messageOf, jitless: true });
  const problems = [...new Set([...issueTexts(error?.issues ?? []), ...prototypeMembers(document, [])])];
  if (data === undefined || problems.length > 0) throw new SchemaMapError(file, problems);
  return data;
}

function parse(json: string, file: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new SchemaMapError(file, [`is not JSON (${cause instanceof Error ? cause.message.replaceAll('\n', ' ') : 'unreadable'})`]);
  }
}

/** The members called `__proto__`: zod ignores one in a record without a problem. */
function prototypeMembers(value: unknown, path: readonly string[]): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === '__proto__' ? [`${pathText([...path, key])} is unknown`] : prototypeMembers(member, [...path, key]),
  );
}
