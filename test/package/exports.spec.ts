import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../support/project-root.js';

const filesIn = (folder: string) =>
  readdirSync(join(projectRoot(), folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

describe('The exports of the package', () => {
  it('name every file of the core', () => {
    const door = readFileSync(join(projectRoot(), 'hosts/exports/core.ts'), 'utf8');
    const missing = filesIn('core').filter((file) => !door.includes(`'../../core/${file.replace(/\.ts$/, '.js')}'`));
    expect(missing, 'each needs its line in hosts/exports/core.ts').to.deep.equal([]);
  });

  it('name every contract of the testing kit', () => {
    const door = readFileSync(join(projectRoot(), 'hosts/exports/testing.ts'), 'utf8');
    const contracts = filesIn('test/kit/contracts').filter((file) => file.endsWith('.contract.ts'));
    const missing = contracts.filter((file) => !door.includes(`'../../test/kit/contracts/${file.replace(/\.ts$/, '.js')}'`));
    expect(missing, 'each needs its line in hosts/exports/testing.ts').to.deep.equal([]);
  });
});
