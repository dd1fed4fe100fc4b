import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { auditEventNames } from '../../core/domain/audit/audit-event.js';
import { ownTables } from '../../migrations/own-tables.js';
import { openByFile } from '../contracts/support/open-test-database.js';
import { temporaryTree } from '../support/temporary-tree.js';
import { codeIn, readDocument, sectionOf, tableRows } from './support/document-tables.js';

const document = 'docs/security.md';

/** The texts of a union type in a source file, a template by what is before its first hole. */
function unionIn(file: string, type: RegExp): readonly string[] {
  const [, union = ''] = type.exec(readDocument(file)) ?? [];
  return Array.from(union.matchAll(/'([^']+)'|`([^`$]+)\$\{\w+\}`/g), ([, text, start]) => text ?? start ?? '');
}

/** The columns of each table that the migrations make. */
async function ownColumns(): Promise<ReadonlyMap<string, readonly string[]>> {
  using tree = temporaryTree({});
  const file = join(tree.root, 'empty.db');
  {
    await using database = await openByFile(file);
    await database.migrations.up();
  }
  const reader = new DatabaseSync(file, { readOnly: true });
  const columnsOf = (table: string) =>
    reader
      .prepare(`pragma table_info(${table})`)
      .all()
      .map(({ name }) => String(name));
  const columns = new Map(ownTables.map((table) => [table, columnsOf(table)]));
  reader.close();
  return columns;
}

describe('The page on security', () => {
  it('lists every key that is derived from the secret', () => {
    const keys = tableRows(sectionOf(document, '## Cryptographic inventory')).flatMap(([key = '']) => codeIn(key));
    const purposes = unionIn('adapters/node-crypto/derive-key.ts', /type KeyPurpose =([^;]+);/);
    const digests = unionIn('core/ports/keyed-digest.ts', /purpose: ((?:'\w+'[ |]*)+)/).map((purpose) => `keyed-digest/${purpose}`);
    expect(purposes).to.include.members(['access-token', 'refresh-token']);
    expect(digests).to.include('keyed-digest/address');
    for (const purpose of [...purposes, ...digests]) {
      const isListed = keys.some((key) => (purpose.endsWith('/') ? key.startsWith(purpose) : key === purpose));
      expect(isListed, purpose).to.equal(true);
    }
  });

  it('classifies every column of the tables that the product makes', async () => {
    const rows = tableRows(sectionOf(document, '## Data classification'));
    for (const [table, columns] of await ownColumns()) {
      const classified = rows.filter(([store = '']) => store === `\`${table}\``).flatMap(([, names = '']) => codeIn(names));
      expect(columns, table).not.to.deep.equal([]);
      expect([...classified].sort(), table).to.deep.equal([...columns].sort());
    }
  });

  it('lists every event of the audit log', () => {
    const [, events = ''] = tableRows(sectionOf(document, '## Log inventory')).find(([log]) => log === '`audit_logs`') ?? [];
    expect(codeIn(events)).to.have.members([...auditEventNames]);
  });

  it('links to headings that exist', () => {
    const [slug, links] = [
      (heading: string) =>
        heading
          .toLowerCase()
          .replace(/[^\w\- ]/g, '')
          .replaceAll(' ', '-'),
      [...readDocument(document).matchAll(/\]\((?!https?:)([^)#\s]*)#([^)\s]+)\)/g)],
    ];
    for (const [, file = '', anchor = ''] of links) {
      const headings = [...readDocument(join('docs', file || 'security.md')).matchAll(/^#+ (.*)$/gm)].map(([, text = '']) => slug(text));
      expect(headings, `${file}#${anchor}`).to.include(anchor);
    }
  });
});
