import { type ProblemCode, problemCodes } from '../../http/problem-catalogue.js';
import { isSystemPath } from '../operations/system-paths.js';
import type { OperationObject } from './openapi-document.js';

/** Returns every code that a response of the operation may have: the codes of its kind, and the codes that it names in `x-refusals`. */
export function refusalCodes(path: string, operation: OperationObject): readonly ProblemCode[] {
  const { parameters = [], requestBody } = operation;
  const named = operation['x-refusals'] ?? [];
  const hasPath = parameters.some((parameter) => parameter.in === 'path');
  const codes: readonly string[] = [
    ...(requestBody === undefined ? [] : ['malformed_body', 'payload_too_large', 'unsupported_media_type']),
    ...(hasPath ? ['malformed_body'] : []),
    ...(isBearerDue(operation) ? ['token_missing', 'token_invalid', 'token_expired', 'session_revoked'] : []),
    // every route of the API declares its query fields, or rejects all
    ...(isSystemPath(path) ? [] : ['validation_failed', 'rate_limited', 'dependency_unavailable']),
    'internal_error',
    ...named,
  ];
  const unknown = codes.find((code) => !problemCodes.includes(code as ProblemCode));
  if (unknown !== undefined) throw new Error(`${path} names an unknown refusal: ${unknown}`);
  return problemCodes.filter((code) => codes.includes(code));
}

/** Returns whether the operation requires an access token. */
const isBearerDue = ({ security = [] }: OperationObject): boolean => security.some((scheme) => 'bearer' in scheme);
