import { isSystemPath } from '../system-paths.js';
import { type AnswerHeader, answerHeaders, headerReferences } from './answer-headers.js';
import { handMadePaths } from './hand-made-paths.js';
import type { OpenApiDocument, OperationObject, ResponseObject, SchemaObject } from './openapi-document.js';
import { problemResponses } from './problem-responses.js';
import { refusalCodes } from './refusal-codes.js';
import { withTextPatterns } from './text-patterns.js';

const metricsToken = { type: 'http', scheme: 'bearer', description: 'The `METRICS_TOKEN` of the deployment, where it has one.' };

/**
 * Adds what the generator cannot say: the problems that each operation may answer, the header fields of every answer, the paths made
 * by hand, a type beside `nullable` (OpenAPI 3.0.3 §4.7.24.1), and the patterns of texts. Takes the generated document as it is, and changes nothing in it.
 */
export function completeOpenApi(generated: OpenApiDocument): OpenApiDocument {
  const { components } = generated;
  const paths = Object.entries({ ...generated.paths, ...handMadePaths }).map(([path, operations]) => [
    path,
    Object.fromEntries(Object.entries(operations).map(([method, operation]) => [method, completeOperation(path, operation)])),
  ]);
  return {
    ...generated,
    components: {
      ...components,
      headers: { ...answerHeaders },
      schemas: Object.fromEntries(
        Object.entries(components.schemas).map(([name, schema]) => [name, withTextPatterns(name, withTypedNulls(schema))]),
      ),
      securitySchemes: { ...components.securitySchemes, metricsToken },
    },
    paths: Object.fromEntries(paths),
  };
}

function completeOperation(path: string, operation: OperationObject): OperationObject {
  const { 'x-refusals': _, responses, ...rest } = operation;
  const { default: __, ...own } = responses;
  const headers: readonly AnswerHeader[] = ['X-Request-Id', ...(isSystemPath(path) ? [] : (['RateLimit-Policy', 'RateLimit'] as const))];
  const withHeaders = Object.entries(own).map(([status, response]) => [status, completeResponse(response, headers)]);
  const problems = problemResponses({
    path,
    headers,
    codes: refusalCodes(path, operation),
    isBearerDue: (operation.security ?? []).length > 0,
  });
  return { ...rest, responses: { ...problems, ...Object.fromEntries(withHeaders) } };
}

/** The cast: an action names no field that `answerHeaders` does not have. */
function completeResponse(response: ResponseObject, headers: readonly AnswerHeader[]): ResponseObject {
  const own = Object.keys(response.headers ?? {}) as AnswerHeader[];
  return { ...response, headers: headerReferences(...headers, ...own) };
}

function withTypedNulls(schema: SchemaObject): SchemaObject {
  const { properties } = schema as { readonly properties?: Readonly<Record<string, SchemaObject>> };
  if (properties === undefined) return schema;
  const typed = Object.entries(properties).map(([name, property]) => [
    name,
    isUntypedNull(property) ? { type: 'object', ...property } : property,
  ]);
  return { ...schema, properties: Object.fromEntries(typed) };
}

const isUntypedNull = ({ nullable, type }: SchemaObject): boolean => nullable === true && type === undefined;
