import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { brokenSteps, handovers } from '../../tools/handovers/follow-path.js';
import { importClosure } from '../../tools/handovers/import-closure.js';
import { loginPath, start } from '../../tools/handovers/login-path.js';
import { projectRoot } from '../support/project-root.js';
import { temporaryTree } from '../support/temporary-tree.js';

/** From `LogIn` to its INSERT into `auth_sessions`. */
const maxHandovers = 9;

const root = projectRoot();

describe('The path of a login', () => {
  it(`is that of the source, and has at most ${maxHandovers} hand-overs from file to file`, () => {
    expect(brokenSteps(root, [start, ...loginPath])).to.deep.equal([]);
    expect(handovers(loginPath).filter(({ file }) => file !== start.file)).to.have.lengthOf.at.most(maxHandovers);
  });

  it('is refused where a function is gone, calls something else, or goes on in another one', () => {
    const step = loginPath.find(({ name }) => name === 'GroupCommit.run');
    if (step === undefined) throw new Error('the path has no such step');
    const files = Object.fromEntries(loginPath.map(({ file }) => [file, readFileSync(join(root, file), 'utf8')]));
    const changed = (from: string, to: string) => temporaryTree({ ...files, [step.file]: (files[step.file] ?? '').replaceAll(from, to) });
    using renamed = changed('async run<', 'async begin<');
    using bypassed = changed('alone.run', 'heldUp.run');
    expect(brokenSteps(renamed.root, loginPath)).to.deep.equal([`${step.file}: has no ${step.name}`]);
    expect(brokenSteps(bypassed.root, loginPath)).to.deep.equal([`${step.file}: ${step.name} does not call ${step.calls}`]);
    const shortened = loginPath.filter(({ name }) => name !== 'openUpgrading');
    expect(brokenSteps(root, shortened)).to.deep.equal([
      'core/usecases/steps/sign-in.ts: signIn calls openUpgrading, which is not openSession',
    ]);
  });

  it('reaches files by imports, room by room, but not behind a list of everything', () => {
    using tree = temporaryTree({
      'core/domain/a.ts': 'export const a = 1;\n',
      'core/domain/b.ts': 'export const b = 1;\n',
      'core/usecases/c.ts': "import { a } from '../domain/a.js';\nexport type { D } from './d.js';\nexport const c = a;\n",
      'core/usecases/d.ts': "export type D = typeof import('../domain/b.js').b;\n",
    });
    const shares = importClosure(tree.root, ['core/usecases/c.ts'], new Set(['core/usecases/d.ts']));
    expect(Object.fromEntries(shares)).to.deep.equal({ 'core/usecases': { files: 2, lines: 4 }, 'core/domain': { files: 1, lines: 1 } });
  });
});
