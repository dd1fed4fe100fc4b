import type { PasswordPolicy } from '../../../core/domain/passwords/password-policy.js';
import { isSystemPath } from '../operations/system-paths.js';
import type { TextBounds } from '../text-bounds.js';
import { type AnswerHeader, answerHeaders, headerReferences } from './answer-headers.js';
import { handMadePaths } from './hand-made-paths.js';
import { openAnswers } from './open-answers.js';
import type { OpenApiDocument, OperationObject, ResponseObject, SchemaObject } from './openapi-document.js';
import { problemResponses } from './problem-responses.js';
import { refusalCodes } from './refusal-codes.js';
import { requestBounds } from './request-bounds.js';

const metricsToken = { type: 'http', scheme: 'bearer', description: 'The `METRICS_TOKEN` of the deployment, where it has one.' };

/**
 * Adds what the generator cannot describe: the problems of each operation, the headers of every response, the paths without a controller,
 * the texts that use cases reject, that responses may grow, and a type beside `nullable` (OpenAPI 3.0.3 §4.7.24.1). Does not change the
 * generated document.
 */
export function completeOpenApi(generated: OpenApiDocument, policy: Pick<PasswordPolicy, 'minLength'>): OpenApiDocument {
  const { components } = generated;
  const bounds = requestBounds(policy);
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
        Object.entries(openAnswers(generated)).map(([name, schema]) => [name, withTypedNulls(withBounds(schema, bounds[name]))]),
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

/** The cast: an action names only headers of `answerHeaders`. */
function completeResponse(response: ResponseObject, headers: readonly AnswerHeader[]): ResponseObject {
  const own = Object.keys(response.headers ?? {}) as AnswerHeader[];
  return { ...response, headers: headerReferences(...headers, ...own) };
}

function withBounds(schema: SchemaObject, bounds: Readonly<Record<string, TextBounds>> = {}): SchemaObject {
  const { properties = {} } = schema as { readonly properties?: Readonly<Record<string, SchemaObject>> };
  const bounded = Object.entries(properties).map(([name, property]) => [name, { ...property, ...bounds[name] }]);
  return bounded.length === 0 ? schema : { ...schema, properties: Object.fromEntries(bounded) };
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
