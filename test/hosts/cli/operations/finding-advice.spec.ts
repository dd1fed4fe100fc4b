import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { findingAdvice } from '../../../../hosts/cli/operations/finding-advice.js';
import { projectRoot } from '../../../support/project-root.js';

describe('The advice of a check of the tables', () => {
  it('is there for everything that can be found, and names no document that does not exist', () => {
    const root = projectRoot();
    for (const [code, advice] of Object.entries(findingAdvice)) {
      expect(advice, code).to.match(/^[A-Z].{10,}[^ ]$/);
      for (const path of advice.match(/docs\/[\w.-]+\w/g) ?? []) expect(existsSync(join(root, path)), path).to.equal(true);
    }
  });
});
