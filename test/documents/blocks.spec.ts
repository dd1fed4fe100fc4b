import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { readSchemaMap } from '../../adapters/mikro-orm/schema-map/read-schema-map.js';
import { projectRoot } from '../support/project-root.js';
import { sharedDatabaseServer } from '../support/servers/shared-database.js';
import { documents, type FencedBlock, fencedBlocks } from './support/fenced-blocks.js';

const blocks = documents().flatMap(fencedBlocks);
const of = (...languages: readonly string[]) => blocks.filter(({ language }) => languages.includes(language));
const places = (found: readonly FencedBlock[]) => [...new Set(found.map(({ at }) => at.replace(/:\d+$/, '')))];

describe('The documents', () => {
  it('label each block; only `text` is not run', () => {
    expect(documents()).to.include.members(['README.md', 'CONTRIBUTING.md', 'docs/api.md', 'docs/decisions/0001-libraries.md']);
    expect(blocks.filter((block) => !of('sh', 'ts', 'sql', 'json', 'yaml', 'text').includes(block)).map(({ at }) => at)).to.deep.equal([]);
  });

  it('show commands, code and settings only where a test of that document runs them', () => {
    expect(places(of('sh'))).to.have.members([
      'README.md',
      'docs/cli.md',
      'docs/embedded-database.md',
      'docs/embedding.md',
      'docs/operations.md',
      'docs/performance.md',
    ]);
    expect(places(of('ts'))).to.have.members(['docs/embedding.md']);
    expect(places(of('yaml'))).to.have.members(['docs/operations.md']);
  });

  for (const { at, text } of of('json')) {
    it(`show JSON at ${at} that can be read`, () => {
      const values = text.startsWith('{\n')
        ? [JSON.parse(text)]
        : text
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line));
      for (const value of values) if ('users' in value) readSchemaMap(text, at);
    });
  }

  it('show SQL that a database server takes', async () => {
    const server = await sharedDatabaseServer();
    for (const { at, text } of of('sql')) {
      await using database = await server.createDatabase();
      const statements = text
        .replace(/^--.*$/gm, '')
        .split(';')
        .map((each) => each.trim());
      for (const statement of statements.filter(Boolean)) {
        await database.query(statement).catch((error: Error) => Promise.reject(new Error(`${at}: ${error.message}`)));
      }
    }
  }).timeout(60_000);

  it('link to files that exist', () => {
    for (const document of documents()) {
      const text = readFileSync(join(projectRoot(), document), 'utf8').replace(/^```.*?^```$/gms, '');
      for (const [, target = ''] of text.matchAll(/\]\((?!https?:)([^)#\s]*)/g)) {
        expect(existsSync(join(projectRoot(), dirname(document), target)), `${document}: ${target}`).to.equal(true);
      }
    }
  });

  it('name files that there are, where a request is followed', () => {
    const text = readFileSync(join(projectRoot(), 'docs/lifecycle.md'), 'utf8');
    const named = [...text.matchAll(/`((?:core|adapters|hosts|testing|test)\/[\w./-]*)`/g)].map(([, file = '']) => file);
    expect(named).to.have.length.above(20);
    expect(named.filter((file) => !existsSync(join(projectRoot(), file)))).to.deep.equal([]);
  });

  it('name scripts of npm that there are', () => {
    const { scripts } = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    for (const document of documents()) {
      const text = readFileSync(join(projectRoot(), document), 'utf8');
      for (const [, name = ''] of text.matchAll(/(?:^|`)npm run (?:-s )?([a-z][\w:]*)/gm)) expect(scripts, document).to.have.property(name);
    }
  });
});
