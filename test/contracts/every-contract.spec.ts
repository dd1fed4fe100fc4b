import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import * as kit from '../../hosts/exports/testing.js';
import { projectRoot } from '../support/project-root.js';

const textOf = (pattern: string) =>
  globSync(pattern, { cwd: projectRoot() })
    .map((file) => readFileSync(join(projectRoot(), file), 'utf8'))
    .join('\n');

describe('Every contract', () => {
  /** A contract may be a part of another one. */
  const parts = textOf('test/kit/contracts/**/*.contract.ts');
  const unrunBy = (text: string) =>
    Object.keys(kit)
      .filter((name) => name.endsWith('Contract'))
      .filter((name) => !new RegExp(`(?<!function )\\b${name}[(,]`).test(text + parts));

  it('is run on the adapters by a spec of test/contracts', () => {
    expect(unrunBy(textOf('test/contracts/**/*.spec.ts'))).to.deep.equal([]);
  });

  it('is run under Node’s own test runner', () => {
    expect(unrunBy(textOf('test/contracts/support/under-node-test.ts'))).to.deep.equal([]);
  });
});
