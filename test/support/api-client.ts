import type { ReadinessBody } from '../../hosts/http/readiness-body.js';
import type { UserBody } from '../../hosts/rest/accounts/user-bodies.js';
import type { OpenApiDocument } from '../../hosts/rest/openapi/openapi-document.js';
import { readOpenApi } from '../../hosts/rest/openapi/read-openapi.js';
import type { ProblemBody } from '../../hosts/rest/problem/problem-body.js';
import type { SignedInBody } from '../../hosts/rest/sessions/auth-bodies.js';
import type { SessionsBody } from '../../hosts/rest/sessions/session-bodies.js';
import { AnswerContract } from '../hosts/rest/support/answer-contract.js';
import { noteAnswer, noteRequest } from './secrets/used-secrets.js';

/** Every field that a response may have: a test reads those that it expects. Null where there is no body. */
export type AnswerBody = SignedInBody & UserBody & SessionsBody & ProblemBody & Omit<ReadinessBody, 'status'>;

export interface ApiRequest {
  /** Sent as JSON; a text is sent unchanged. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** An access token. */
  readonly token?: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AnswerBody;
  readonly text: string;
}

export interface ApiClient {
  /** Rejects when the path, method, status, media type or body of the response is not as documented. `path` may have a query. */
  request(method: string, path: string, request?: ApiRequest): Promise<ApiAnswer>;
}

const ownContract = new AnswerContract(readOpenApi());

/** A client that rejects a response that the OpenAPI document does not describe. `openapi` defaults to this build's document. */
export function apiClient(baseUrl: string, { openapi }: { readonly openapi?: OpenApiDocument } = {}): ApiClient {
  const contract = openapi === undefined ? ownContract : new AnswerContract(openapi);
  return {
    async request(method, path, { body, headers = {}, token } = {}) {
      noteRequest(body);
      const response = await fetch(new URL(path, baseUrl), {
        method,
        redirect: 'manual',
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
        body: body === undefined || typeof body === 'string' ? (body ?? null) : JSON.stringify(body),
      });
      const text = await response.text();
      const { status } = response;
      const contentType = response.headers.get('content-type');
      const sent = typeof body === 'string' ? undefined : body;
      const fault = contract.fault({ method, path: path.replace(/\?.*/, ''), sent, status, contentType, text });
      if (fault !== null) throw new Error(`${method} ${path} was answered ${status}: ${fault}\n${text.slice(0, 500)}`);
      const answer = parsed(text, contentType);
      noteAnswer(answer);
      return { status, headers: response.headers, body: answer, text };
    },
  };
}

/** A cast: the contract check decides which of the fields a response has. */
function parsed(text: string, contentType: string | null): AnswerBody {
  return (contentType?.includes('json') && text !== '' ? JSON.parse(text) : null) as AnswerBody;
}
