import type { OpenApiDocument, OperationObject, SchemaObject } from './openapi-document.js';

type Schemas = OpenApiDocument['components']['schemas'];

/** Lists of codes that may grow. `Action` is not one of them: the actions of an app are fixed. */
const codes: ReadonlySet<string> = new Set(['ErrorCode', 'HttpCode', 'ViolationReason']);

/**
 * Opens the schemas of responses: later versions may add members to any response, and codes to any list of codes, and a generated client
 * accepts both. The schemas of requests stay closed, since unknown fields are rejected.
 */
export function openAnswers({ components: { schemas }, paths }: Pick<OpenApiDocument, 'components' | 'paths'>): Schemas {
  const sent = new Set(Object.values(paths).flatMap((operations) => Object.values(operations).flatMap(sentSchemas)));
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, sent.has(name) ? schema : open(name, schema)]));
}

/** Names of the schemas of a request body: bodies are flat. */
const sentSchemas = ({ requestBody }: OperationObject): readonly string[] =>
  [...JSON.stringify(requestBody ?? null).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name);

function open(name: string, schema: SchemaObject): SchemaObject {
  const { description, ...rest } = schema;
  // the known values, and any other text
  if (codes.has(name)) return { ...(description !== undefined && { description }), anyOf: [rest, { type: 'string' }] };
  return schema.additionalProperties === false ? { ...schema, additionalProperties: true } : schema;
}
