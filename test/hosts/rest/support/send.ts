import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from 'chai';
import { type ProblemCode, problemAction, problemEntry } from '../../../../hosts/http/problem-catalogue.js';
import type { ProblemBody } from '../../../../hosts/rest/problem/problem-body.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Sends a request that the OpenAPI document does not allow: the response is not compared with the document. */
export async function send(url: string, path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url + path, { redirect: 'manual', ...init });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Sends JSON by POST, byte by byte as given. */
export const post = (
  url: string,
  path: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Answer> => send(url, path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

/** Sends the lines of a request head, on a connection that ends with the response. */
export const sendLines = (url: string, lines: readonly string[]): Promise<Answer> => sendHead(url, [...lines, 'Connection: close']);

/** Sends the lines of a request head and reads until the server hangs up. */
export async function sendHead(url: string, lines: readonly string[]): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write([...lines, 'Host: localhost', '', ''].join('\r\n'));
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  await once(socket, 'close');
  const [head = '', ...rest] = Buffer.concat(chunks).toString().split('\r\n\r\n');
  const [statusLine = '', ...fields] = head.split('\r\n');
  const headers = new Headers(fields.map((field): [string, string] => [field.replace(/:.*/s, ''), field.replace(/^[^:]*: ?/, '')]));
  return { status: Number(statusLine.split(' ')[1]), headers, text: rest.join('\r\n\r\n') };
}

/** Checks that a response is the problem of this code, in every field that the catalogue or the request determines. */
export function expectProblem(answer: Answer, code: ProblemCode, instance?: string): ProblemBody {
  const { status, title, detail } = problemEntry(code);
  expect({ status: answer.status, text: answer.text }, answer.text).to.have.property('status', status);
  expect(answer.headers.get('content-type')).to.equal('application/problem+json');
  expect(answer.headers.get('cache-control')).to.equal('no-store');
  const body = JSON.parse(answer.text) as ProblemBody;
  expect(body).to.include({ type: `/problems/${code}`, title, status, detail, code, action: problemAction(code) });
  expect(body.request_id).to.equal(answer.headers.get('x-request-id'));
  if (instance !== undefined) expect(body.instance).to.equal(instance);
  return body;
}
