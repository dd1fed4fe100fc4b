import type { OpenApiDocument, OperationObject, SchemaObject } from './openapi-document.js';

type Schemas = OpenApiDocument['components']['schemas'];

/** Lists of codes that may grow. An action is none of them: what an app does by it is settled. */
const codes: ReadonlySet<string> = new Set(['ErrorCode', 'HttpCode', 'ViolationReason']);

/**
 * Opens what is answered: members may be added to any answer, and codes to any list of them, and a client that was made from the document
 * takes both. What is sent stays closed, since unknown fields are refused.
 */
export function openAnswers({ components: { schemas }, paths }: Pick<OpenApiDocument, 'components' | 'paths'>): Schemas {
  const sent = new Set(Object.values(paths).flatMap((operations) => Object.values(operations).flatMap(sentSchemas)));
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, sent.has(name) ? schema : open(name, schema)]));
}

/** Names of the schemas of a body: bodies are flat. */
const sentSchemas = ({ requestBody }: OperationObject): readonly string[] =>
  [...JSON.stringify(requestBody ?? null).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name);

function open(name: string, schema: SchemaObject): SchemaObject {
  const { description, ...rest } = schema;
  // the known values, and any other text
  if (codes.has(name)) return { ...(description !== undefined && { description }), anyOf: [rest, { type: 'string' }] };
  return schema.additionalProperties === false ? { ...schema, additionalProperties: true } : schema;
}
