import type { ServerResponse } from 'node:http';
import { type ProblemFacts, problemDocument } from './problem-document.js';
import { protectAnswer } from './security-fields.js';

export interface PlainProblem extends ProblemFacts {
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a problem document on a server without a framework. No part of the response may have been sent before. */
export function sendProblem(response: ServerResponse, { headers = {}, ...facts }: PlainProblem): void {
  const document = problemDocument(facts);
  protectAnswer(response);
  const fields = { 'X-Request-Id': facts.requestId, 'Content-Type': 'application/problem+json', ...headers };
  for (const [name, value] of Object.entries(fields)) response.setHeader(name, value);
  response.statusCode = document.status;
  response.end(JSON.stringify(document));
}
