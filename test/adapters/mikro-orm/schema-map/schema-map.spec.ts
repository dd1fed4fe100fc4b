import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { migrationGrants, servingGrants } from '../../../../adapters/mikro-orm/schema-map/grant-script.js';
import { readSchemaMap } from '../../../../adapters/mikro-orm/schema-map/read-schema-map.js';
import { referenceSchemaMap } from '../../../../adapters/mikro-orm/schema-map/reference-schema-map.js';
import { SchemaMapError } from '../../../../adapters/mikro-orm/schema-map/schema-map.js';
import { ownTables } from '../../../../migrations/own-tables.js';
import { schemaMapJsonSchema } from '../../../../tools/build/schema-map-json-schema.js';
import { projectRoot } from '../../../support/project-root.js';
import { fullExamples, schemaMapExample } from '../../../support/schema-map-example.js';

const read = (path: string) => readFileSync(join(projectRoot(), path), 'utf8');
const matchesSchema = new Ajv2020({ strict: false }).compile(JSON.parse(read('docs/schema-map.schema.json')) as object);

const good = {
  users: { table: 'u', key: { column: 'id', type: 'integer' }, email: 'mail' },
  credentials: { table: 'c', user_id: 'u', password_hash: 'h' },
};

function problemsOf(document: unknown): readonly string[] {
  try {
    readSchemaMap(JSON.stringify(document), 'SCHEMA_MAP');
    return [];
  } catch (error) {
    if (error instanceof SchemaMapError) return error.problems;
    throw error;
  }
}

describe('A schema map', () => {
  for (const name of [...fullExamples, 'minimal', 'reference']) {
    it(`is documented by the example ${name}, which its JSON Schema takes`, () => {
      const document: unknown = JSON.parse(read(`examples/schema-maps/${name}.json`));
      expect(matchesSchema(document), JSON.stringify(matchesSchema.errors)).to.equal(true);
      expect(problemsOf(document)).to.deep.equal([]);
    });
  }

  it('is documented by the examples as they are', () => {
    const page = read('docs/existing-tables.md');
    for (const name of [...fullExamples, 'minimal']) {
      for (const type of ['json', 'sql']) expect(page).to.include(read(`examples/schema-maps/${name}.${type}`).trim());
    }
  });

  it('equals, as the built-in mapping, the documented reference', () => {
    expect(schemaMapExample('reference').map).to.deep.equal(referenceSchemaMap);
  });

  it('is described by the JSON Schema in docs: `npm run -s schema` brings it up to date', () => {
    expect(read('docs/schema-map.schema.json')).to.equal(schemaMapJsonSchema());
  });

  const { users, credentials } = good;
  for (const [document, problem] of [
    [[], 'the document must be an object'],
    [{ users }, 'credentials must be an object'],
    [{ ...good, user: {} }, 'user is unknown'],
    [{ ...good, users: { ...users, email: undefined } }, 'users.email is missing'],
    [{ ...good, users: { ...users, table: 'a.b' } }, 'users.table must be a name of 1 to 64 characters'],
    [{ ...good, users: { ...users, phone: 'really?' } }, 'users.phone must be a name of 1 to 64 characters'],
    [{ ...good, users: { ...users, phone: 7 } }, 'users.phone must be a name of 1 to 64 characters'],
    [{ ...good, users: { ...users, key: { column: 'id', type: 'int' } } }, 'users.key.type must be one of integer, bigint, uuid, text'],
    [{ ...good, users: { ...users, name: { full: 'n', first: 'f' } } }, 'users.name.full goes without first and last'],
    [{ ...good, users: { ...users, status: { column: 's' } } }, 'users.status.active must be a list of one value at least'],
    [{ ...good, users: { ...users, status: { column: 's', active: [{}] } } }, 'users.status.active[0] must be a text, a number'],
    [{ ...good, users: { ...users, new_row: { a: { now: false } } } }, 'users.new_row.a.now must be true'],
    [{ ...good, users: { ...users, new_row: { a: { now: true, later: true } } } }, 'users.new_row.a.later is unknown'],
    [{ ...good, users: { ...users, new_row: { a: [] } } }, 'users.new_row.a must be an object'],
    [{ ...good, credentials: { ...credentials, user_id: null } }, 'credentials.user_id is missing'],
    [{ ...good, credentials: { password_hash: 'h', user_id: 'u' } }, 'credentials.user_id goes with a table of its own'],
    [
      { ...good, credentials: { ...credentials, recipes: [{ algorithm: 'md4', encoding: 'hex' }] } },
      'credentials.recipes[0].algorithm must be one of md5',
    ],
    [
      { ...good, credentials: { ...credentials, recipes: [{ algorithm: 'md5', encoding: 'hex', salt: { position: 'after' } }] } },
      'credentials.recipes[0].salt must have one of',
    ],
    [{ ...good, subscriptions: { table: 's', user_id: 'u', plan: 'p' } }, 'subscriptions.starts_at is missing'],
  ] as const) {
    it(`is rejected by its reader and by its JSON Schema: ${problem}`, () => {
      const sent: unknown = JSON.parse(JSON.stringify(document));
      expect(problemsOf(sent).join('\n')).to.include(problem);
      expect(matchesSchema(sent)).to.equal(false);
    });
  }

  it('reports every problem, those between members too, beside an unknown member and a wrong value', () => {
    const document = {
      ...good,
      users: { ...users, name: { full: 7, first: 'f' }, status: { active: [true], disabled: 1, colour: 'red' } },
      credentials: { user_id: 'u', recipes: [{ algorithm: 'md5', encoding: 'hex', salt: {} }] },
    };
    expect(problemsOf(document)).to.have.members([
      'users.name.full must be a name of 1 to 64 characters without dots, question marks and control characters',
      'users.name.full goes without first and last',
      'users.status.colour is unknown',
      'users.status.column is missing',
      'users.status.disabled must be none of active',
      'credentials.user_id goes with a table of its own: without one, say it under users',
      'credentials.password_hash is missing',
      'credentials.recipes[0].salt.position must be one of before, after',
      'credentials.recipes[0].salt must have one of constant, separator, column',
    ]);
  });

  it('has no member called __proto__, not even as a column of a new row', () => {
    const documents = {
      '__proto__ is unknown': `{"__proto__": {}, "users": ${JSON.stringify(users)}, "credentials": {"password_hash": "h"}}`,
      'users.new_row.__proto__ is unknown': JSON.stringify({
        users: { ...users, new_row: JSON.parse('{"__proto__": 1}') as object },
        credentials: { password_hash: 'h' },
      }),
    };
    for (const [problem, json] of Object.entries(documents)) {
      expect(() => readSchemaMap(json, 'F'), problem).to.throw(SchemaMapError, `F: ${problem}`);
    }
  });

  it('reports all its errors in one line, with the name of the file', () => {
    const broken = { users: { ...users, table: '' }, credentials: {} };
    expect(() => readSchemaMap(JSON.stringify(broken), 'map.json')).to.throw(
      /^map\.json: users\.table must be [^;\n]+; credentials\.password_hash is missing$/,
    );
    expect(() => readSchemaMap('{', 'map.json')).to.throw(SchemaMapError, /^map\.json: is not JSON \([^\n]+\)$/);
  });

  it('may not disable an account by a value that means active', () => {
    expect(problemsOf({ ...good, users: { ...users, status: { column: 's', active: [0, 1], disabled: '1' } } })).to.deep.equal([
      'users.status.disabled must be none of active',
    ]);
  });

  it('grants the documented rights, on all of this product’s tables', () => {
    const database = 'company';
    const grants = [
      ...migrationGrants({ database, account: "'move_migrate'@'10.0.0.%'" }),
      ...servingGrants({ map: referenceSchemaMap, database, account: "'move_serve'@'10.0.0.%'" }),
    ];
    const script = read('docs/grants.sql');
    expect(script.split('\n').filter((line) => line.startsWith('GRANT'))).to.deep.equal(grants);
    for (const table of ownTables) expect(script.split(`\`${table}\``)).to.have.length(3);
  });
});
