import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../support/project-root.js';
import { asvsRequirements } from './support/asvs-requirements.js';
import { codeIn, readDocument, tableRows } from './support/document-tables.js';

const statuses = ['met', 'operator', 'not applicable', 'not met'];

/** Each waits for a later capability, which its row names. A row leaves this list when it is met; none joins it. */
const notMetYet = ['6.3.3', '6.4.3'];

const rows = tableRows(readDocument('docs/asvs.md'))
  .filter(([id = '']) => /^\d/.test(id))
  .map(([id = '', level = '', text = '', status = '', evidence = '']) => ({ id, level, text, status, evidence }));

describe('The table of ASVS 5.0', () => {
  it('has each requirement of levels 1 and 2 exactly once, at its level and in order', () => {
    for (const level of ['1', '2'] as const) {
      expect(rows.filter((row) => row.level === level).map(({ id }) => id)).to.deep.equal(asvsRequirements[level]);
    }
    expect(rows).to.have.length(asvsRequirements[1].length + asvsRequirements[2].length);
  });

  it('has a text and one of four statuses in each row', () => {
    expect(rows.filter(({ text, status }) => text === '' || !statuses.includes(status)).map(({ id }) => id)).to.deep.equal([]);
  });

  it('has no requirement that is not met but those that wait for a later capability', () => {
    expect(rows.filter(({ status }) => status === 'not met').map(({ id }) => id)).to.deep.equal(notMetYet);
  });

  it('names evidence for each row that is in the repository', () => {
    for (const { id, evidence } of rows) {
      const paths = codeIn(evidence);
      expect(paths, id).not.to.deep.equal([]);
      for (const path of paths) expect(existsSync(join(projectRoot(), path)), `${id}: ${path}`).to.equal(true);
    }
  });
});
