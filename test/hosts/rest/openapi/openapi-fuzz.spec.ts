import { Ajv } from 'ajv';
import { expect } from 'chai';
import type { ProblemCode } from '../../../../hosts/http/problem-catalogue.js';
import type { OpenApiDocument, ParameterObject, SchemaObject } from '../../../../hosts/rest/openapi/openapi-document.js';
import { readOpenApi } from '../../../../hosts/rest/openapi/read-openapi.js';
import type { ProblemBody } from '../../../../hosts/rest/problem/problem-body.js';
import { seededNumbers } from '../../../support/seeded-numbers.js';
import { jsonSchemaOf } from '../support/answer-contract.js';
import { RequestFuzzer } from '../support/request-fuzzer.js';
import { type RestHarness, register, startRest } from '../support/rest-harness.js';
import { type Answer, send } from '../support/send.js';

const bodySchemas = {
  'POST /auth/register': 'RegisterBody',
  'POST /auth/login': 'LogInBody',
  'POST /auth/refresh': 'RefreshTokenBody',
  'POST /auth/logout': 'RefreshTokenBody',
  'POST /auth/password': 'PasswordBody',
  'PATCH /users/me': 'ProfileChangesBody',
} as const;

const shapeCodes: readonly ProblemCode[] = ['validation_failed', 'malformed_body'];

/** The length of the column of the table, which the document does not know. */
const ofTable = 'at most 191 characters';

/** Whether a request was refused for its form: a schema cannot express that a password is common or personal. */
function isRefusedForForm({ status, text }: Answer): boolean {
  if (status < 400) return false;
  const { code, errors = [] } = JSON.parse(text) as ProblemBody;
  const isBeyondSchema = errors.length > 0 && errors.every(({ reason, detail }) => reason !== undefined || detail === ofTable);
  return (shapeCodes as readonly string[]).includes(code) && !isBeyondSchema;
}

interface Tally {
  allowed: number;
  refused: number;
  readonly mismatches: string[];
}

describe('The OpenAPI document allows exactly the requests that the server takes:', () => {
  let rest: RestHarness;
  let document: OpenApiDocument;
  let token: string;
  const ajv = new Ajv({ strict: false, logger: false });
  before(async () => {
    rest = await startRest({ ports: { passwordPolicy: { minLength: 10, productName: 'Move Acces' } } });
    document = JSON.parse((await send(rest.url, '/openapi.json')).text) as OpenApiDocument;
    ajv.addSchema({ $id: 'api', components: { schemas: jsonSchemaOf(document.components.schemas) } });
    token = (await register(rest)).access_token;
  });
  after(() => rest[Symbol.asyncDispose]());

  const schemaOf = (name: string) =>
    document.components.schemas[name] as SchemaObject & { readonly properties: Record<string, SchemaObject> };

  const compare = (tally: Tally, isAllowed: boolean, answer: Answer, shown: string) => {
    // a limit of the whole body, which is documented by its status
    if (answer.status === 413) return;
    tally[isAllowed ? 'allowed' : 'refused'] += 1;
    if (isAllowed === isRefusedForForm(answer))
      tally.mismatches.push(`${isAllowed ? 'allowed' : 'not allowed'}, and ${answer.status}: ${shown} ${answer.text}`);
  };

  const authorized = (method: string, body?: string): RequestInit => ({
    method,
    ...(body !== undefined && { body }),
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
  });

  for (const [operation, schemaName] of Object.entries(bodySchemas)) {
    it(`the body of ${operation}`, async () => {
      const [method = '', path = ''] = operation.split(' ');
      const fuzzer = new RequestFuzzer(seededNumbers(20_260_131));
      const validate = ajv.compile({ $ref: `api#/components/schemas/${schemaName}` });
      const tally: Tally = { allowed: 0, refused: 0, mismatches: [] };
      for (let round = 0; round < 20; round += 1) {
        const bodies = Array.from({ length: 10 }, () => fuzzer.body(schemaOf(schemaName)));
        const answers = await Promise.all(bodies.map((body) => send(rest.url, path, authorized(method, JSON.stringify(body)))));
        for (const [index, body] of bodies.entries()) compare(tally, validate(body), answers[index] as Answer, JSON.stringify(body));
      }
      expect(tally.mismatches.slice(0, 5)).to.deep.equal([]);
      expect(Math.min(tally.allowed, tally.refused), JSON.stringify(tally)).to.be.at.least(20);
    });
  }

  it('addresses with allowed and forbidden characters at their edges', async () => {
    const validate = ajv.compile({ $ref: 'api#/components/schemas/RegisterBody' });
    const tally: Tally = { allowed: 0, refused: 0, mismatches: [] };
    const edges = [
      '\t',
      '\n',
      '\r\n',
      '\v',
      '\f',
      ' ',
      '\u00a0',
      '\u2028',
      '\u2029',
      '\u3000',
      '\ufeff',
      '\0',
      '\x1f',
      '\x85',
      '\u200b',
      '\u202e',
      '.',
    ];
    for (const [index, edge] of edges.entries()) {
      for (const email of [`${edge}front${index}@example.org`, `behind${index}@example.org${edge}`]) {
        const body = { email, password: 'correct horse battery staple' };
        const answer = await send(rest.url, '/auth/register', authorized('POST', JSON.stringify(body)));
        compare(tally, validate(body), answer, JSON.stringify(email));
      }
    }
    expect(tally.mismatches).to.deep.equal([]);
    expect(tally).to.include({ allowed: 23, refused: 11 });
  });

  it('the query of each route that has one', async () => {
    const fuzzer = new RequestFuzzer(seededNumbers(7));
    const tally: Tally = { allowed: 0, refused: 0, mismatches: [] };
    const texts = [
      '',
      '0',
      '1',
      '50',
      '100',
      '101',
      '-1',
      '1.5',
      'x',
      'others',
      'all',
      '1.019c8b6e-ad04-738a-93a8-69b5c64e5df0',
      '%00',
      '%ff',
    ];
    for (const [path, method] of [
      ['/auth/sessions', 'GET'],
      ['/users/me', 'GET'],
    ] as const) {
      const parameters = (document.paths[path]?.[method.toLowerCase()]?.parameters ?? []).filter((parameter) => parameter.in === 'query');
      for (let round = 0; round < 100; round += 1) {
        const fields = Array.from(
          { length: Math.floor(round / 34) },
          () => [fuzzer.pick(['limit', 'limit', 'cursor', 'scope', 'Limit']), fuzzer.pick(texts)] as const,
        );
        const query = fields.map((field) => field.join('=')).join('&');
        compare(tally, isQueryAllowed(fields, parameters), await send(rest.url, `${path}?${query}`, authorized(method)), query);
      }
    }
    expect(tally.mismatches.slice(0, 5)).to.deep.equal([]);
    expect(Math.min(tally.allowed, tally.refused)).to.be.at.least(20);
  });

  /** Each field once, and its text as the schema has it. */
  function isQueryAllowed(fields: readonly (readonly [string, string])[], parameters: readonly ParameterObject[]): boolean {
    return fields.every(([name, text]) => {
      const schema = parameters.find((parameter) => parameter.name === name)?.schema;
      if (schema === undefined || fields.filter(([other]) => other === name).length > 1) return false;
      const value =
        schema.type === 'integer' && /^-?\d+$/.test(text) ? Number(text) : decodeURIComponent(text === '%ff' ? '%ef%bf%bd' : text);
      return ajv.validate(jsonSchemaOf(schema) as object, value);
    });
  }

  it('and its examples among them', () => {
    for (const schemaName of Object.values(bodySchemas)) {
      const { properties } = schemaOf(schemaName);
      const example = Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, property.example]));
      expect(ajv.validate({ $ref: `api#/components/schemas/${schemaName}` }, example), schemaName).to.equal(true);
    }
  });

  it('with the length of passwords that the deployment wants', () => {
    expect(schemaOf('RegisterBody').properties.password).to.include({ minLength: 10, maxLength: 128 });
    expect(schemaOf('PasswordBody').properties.new_password).to.include({ minLength: 10 });
    expect(readOpenApi().components.schemas.RegisterBody).to.have.nested.property('properties.password.minLength', 8);
  });
});
