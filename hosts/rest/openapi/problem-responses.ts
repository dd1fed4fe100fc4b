import { type ProblemCode, problemEntry } from '../../http/problem-catalogue.js';
import { problemDocument } from '../../http/problem-document.js';
import type { ProblemBody } from '../problem/problem-body.js';
import { type AnswerHeader, headerReferences } from './answer-headers.js';
import type { ResponseObject } from './openapi-document.js';

export interface RefusedOperation {
  readonly path: string;
  readonly codes: readonly ProblemCode[];
  /** Headers that every response of the operation has. */
  readonly headers: readonly AnswerHeader[];
  readonly isBearerDue: boolean;
}

/** Returns one response for each status among the codes, with an example for each code. */
export function problemResponses(operation: RefusedOperation): Record<string, ResponseObject> {
  const byStatus = Map.groupBy(operation.codes, (code) => String(problemEntry(code).status));
  return Object.fromEntries([...byStatus].map(([status, codes]) => [status, problemResponse(status, codes, operation)]));
}

function problemResponse(status: string, codes: readonly ProblemCode[], { path, headers, isBearerDue }: RefusedOperation): ResponseObject {
  const own: AnswerHeader[] = [];
  if (status === '401' && isBearerDue) own.push('WWW-Authenticate');
  if (status === '429' || status === '503') own.push('Retry-After');
  return {
    description: codes.map((code) => `\`${code}\`: ${problemEntry(code).title}`).join('; '),
    headers: headerReferences(...headers, ...own),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/ProblemBody' },
        examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code, path) }])),
      },
    },
  };
}

function exampleOf(code: ProblemCode, instance: string): ProblemBody {
  const example = { ...problemDocument({ code, requestId: '3f9f4f0d6f3c4b0f9d2f8d1f0c7a5b6e' }), instance };
  return code === 'validation_failed' ? { ...example, errors: [{ pointer: '/phone', detail: 'a text or null' }] } : example;
}
