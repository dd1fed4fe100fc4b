import type { ServerResponse } from 'node:http';
import { type ProblemFacts, problemDocument } from './problem-document.js';
import { protectAnswer } from './security-fields.js';

export interface PlainProblem extends ProblemFacts {
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers with a problem document on a server without a framework. Nothing of the answer may have been sent. */
export function sendProblem(response: ServerResponse, { headers = {}, ...facts }: PlainProblem): void {
  const document = problemDocument(facts);
  protectAnswer(response);
  response.setHeader('X-Request-Id', facts.requestId);
  response.writeHead(document.status, { 'Content-Type': 'application/problem+json', ...headers }).end(JSON.stringify(document));
}
