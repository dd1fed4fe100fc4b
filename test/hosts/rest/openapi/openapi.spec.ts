import SwaggerParser from '@apidevtools/swagger-parser';
import { expect } from 'chai';
import { errorCodes } from '../../../../core/domain/error-code.js';
import { httpProblems } from '../../../../hosts/http/http-problems.js';
import { problemCodes } from '../../../../hosts/http/problem-catalogue.js';
import { completeOpenApi } from '../../../../hosts/rest/openapi/complete-openapi.js';
import type { OpenApiDocument, OperationObject } from '../../../../hosts/rest/openapi/openapi-document.js';
import { readOpenApi } from '../../../../hosts/rest/openapi/read-openapi.js';
import { startRest } from '../support/rest-harness.js';
import { send } from '../support/send.js';

const operationsOf = ({ paths }: OpenApiDocument): [string, OperationObject][] =>
  Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]): [string, OperationObject] => [`${method.toUpperCase()} ${path}`, operation]),
  );

describe('The OpenAPI document', () => {
  const document = readOpenApi();
  const operations = Object.fromEntries(operationsOf(document));

  it('is served, and is valid OpenAPI 3.0', async () => {
    await using rest = await startRest();
    const served = JSON.parse((await send(rest.url, '/openapi.json')).text);
    expect(served).to.deep.equal(JSON.parse(JSON.stringify(document)));
    expect((await SwaggerParser.validate(structuredClone(served))).info.title).to.equal('Move Acces');
  });

  it('has every route of the contract', () => {
    expect(Object.keys(operations)).to.have.members([
      'POST /auth/register',
      'POST /auth/login',
      'POST /auth/refresh',
      'POST /auth/logout',
      'POST /auth/password',
      'GET /auth/sessions',
      'DELETE /auth/sessions',
      'DELETE /auth/sessions/{id}',
      'GET /users/me',
      'PATCH /users/me',
      'POST /ws/ticket',
      'GET /healthz',
      'GET /readyz',
      'GET /metrics',
      'GET /docs',
      'GET /redoc',
      'GET /openapi.json',
      'GET /problems',
      'GET /problems/{code}',
    ]);
  });

  it('gives every operation an id of its own, a summary and a known tag', () => {
    const ids = Object.values(operations).map(({ operationId }) => operationId);
    expect(new Set(ids).size).to.equal(ids.length);
    for (const [name, { summary, tags }] of Object.entries(operations)) {
      expect(summary, name).to.match(/^[A-Z]/);
      expect(tags, name).to.have.length(1);
      expect(['sign-in', 'sessions', 'users', 'live', 'system'], name).to.include(tags?.[0]);
    }
  });

  it('documents every response, problems as problems, with an example for each code', () => {
    const statuses = Object.fromEntries(
      Object.entries(operations).map(([name, { responses }]) => [name, Object.keys(responses).join(' ')]),
    );
    expect(statuses).to.deep.equal({
      'POST /auth/register': '201 400 409 413 415 422 429 500 503',
      'POST /auth/login': '200 400 401 403 413 415 422 429 500 503',
      'POST /auth/refresh': '200 400 401 403 413 415 422 429 500 503',
      'POST /auth/logout': '204 400 413 415 422 429 500 503',
      'POST /auth/password': '204 400 401 413 415 422 429 500 503',
      'GET /auth/sessions': '200 401 422 429 500 503',
      'DELETE /auth/sessions': '204 401 422 429 500 503',
      'DELETE /auth/sessions/{id}': '204 400 401 404 422 429 500 503',
      'GET /users/me': '200 304 401 403 412 422 429 500 503',
      'PATCH /users/me': '200 400 401 403 412 413 415 422 429 500 503',
      'POST /ws/ticket': '200 401 422 429 500 503',
      'GET /healthz': '200 500',
      'GET /readyz': '200 500 503',
      'GET /metrics': '200 401 403 500',
      'GET /docs': '200 304 429 500',
      'GET /redoc': '200 304 429 500',
      'GET /openapi.json': '200 304 429 500',
      'GET /problems': '200 304 429 500',
      'GET /problems/{code}': '200 304 400 404 429 500',
    });
    const shown = new Set<string>();
    for (const { responses } of Object.values(operations)) {
      for (const [status, { content, headers }] of Object.entries(responses)) {
        expect(headers).to.have.property('X-Request-Id');
        if (Number(status) < 400) continue;
        const problem = content?.['application/problem+json'];
        if (problem === undefined) continue;
        expect(problem.schema).to.deep.equal({ $ref: '#/components/schemas/ProblemBody' });
        for (const [code, { value }] of Object.entries(problem.examples as Record<string, { value: { status: number } }>)) {
          expect(String(value.status)).to.equal(status);
          shown.add(code);
        }
      }
    }
    expect(
      problemCodes.filter((code) => !shown.has(code)),
      'no operation can answer that',
    ).to.deep.equal(['method_not_allowed', 'malformed_request', 'request_timeout', 'expectation_failed', 'headers_too_large']);
  });

  it('documents the fields of limits, waits, challenges and versions where they are', () => {
    const headersOf = (name: string, status: string) => Object.keys(operations[name]?.responses[status]?.headers ?? {});
    expect(headersOf('POST /auth/login', '200')).to.have.members(['X-Request-Id', 'RateLimit-Policy', 'RateLimit']);
    expect(headersOf('POST /auth/login', '429')).to.include('Retry-After');
    expect(headersOf('POST /auth/login', '401')).not.to.include('WWW-Authenticate');
    expect(headersOf('GET /users/me', '401')).to.include('WWW-Authenticate');
    expect(headersOf('GET /users/me', '200')).to.include('ETag');
    expect(headersOf('PATCH /users/me', '200')).to.include('ETag');
    expect(headersOf('GET /healthz', '200')).to.have.members(['X-Request-Id']);
  });

  it('declares the type of every nullable property', () => {
    const properties = Object.values(document.components.schemas).flatMap(({ properties = {} }) =>
      Object.values(properties as Record<string, { nullable?: boolean; type?: string }>),
    );
    const nullable = properties.filter((property) => property.nullable);
    expect(nullable).to.have.length.above(8);
    for (const property of nullable) expect(property).to.have.property('type');
  });

  it('leaves responses open for members and codes of later versions, and request bodies closed', () => {
    const { schemas } = document.components;
    const closed = ['LogInBody', 'PasswordBody', 'ProfileChangesBody', 'RefreshTokenBody', 'RegisterBody'];
    const objects = Object.entries(schemas).filter(([, { type }]) => type === 'object');
    expect(objects.filter(([, { additionalProperties }]) => additionalProperties === false).map(([name]) => name)).to.have.members(closed);
    expect(objects.filter(([, { additionalProperties }]) => additionalProperties === true)).to.have.lengthOf(
      objects.length - closed.length,
    );
    const lists = {
      ErrorCode: errorCodes,
      HttpCode: Object.keys(httpProblems),
      ViolationReason: ['common', 'personal', 'taken', 'refused'],
    };
    for (const [name, values] of Object.entries(lists)) {
      const { anyOf = [] } = schemas[name] as { readonly anyOf?: readonly { readonly enum?: readonly string[] }[] };
      const [known, other] = anyOf;
      expect(known?.enum, name).to.have.members(values);
      expect(other, name).to.deep.equal({ type: 'string' });
    }
  });

  it('names no other host', () => {
    expect(JSON.stringify(document)).not.to.match(/https?:\/\//);
  });

  it('is refused where an action names a refusal that there is not', () => {
    const operation = { operationId: 'x', responses: {}, 'x-refusals': ['no_such_code'] };
    expect(() => completeOpenApi({ ...document, paths: { '/x': { get: operation } } }, { minLength: 8 })).to.throw('no_such_code');
  });
});
