import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';
import type { CliTools } from '../../hosts/cli/cli-actions.js';
import { createProgram } from '../../hosts/cli/program.js';
import { commandFacts } from '../../hosts/cli/reference/command-facts.js';
import { findRoom } from '../../tools/fences/find-room.js';
import { findViolations } from '../../tools/fences/find-violations.js';
import { hostWord } from '../../tools/fences/host-words.js';
import { rooms } from '../../tools/fences/rooms.js';
import { projectRoot } from '../support/project-root.js';
import { temporaryTree } from '../support/temporary-tree.js';
import { allowedImports, plantedImports } from './planted-imports.js';

const importsOf = (specifiers: readonly string[]) => specifiers.map((name, line) => `import { x${line} } from '${name}';`).join('\n');

describe('the fences', () => {
  it('stand in this project', () => {
    const report = findViolations(projectRoot());
    expect(report.violations).to.deep.equal([]);
    expect(report.files).to.be.greaterThan(20);
  });

  it('let each room import the modules that its row allows', () => {
    const files = Object.entries(allowedImports).map(([file, specifiers]) => [file, importsOf(specifiers)] as const);
    using tree = temporaryTree(Object.fromEntries(files));
    expect(findViolations(tree.root)).to.deep.equal({ files: files.length, violations: [] });
  });

  it('are tried here for every row of the table', () => {
    const rows = rooms.map((room) => room.folder.replace('*', 'memory')).sort();
    for (const planted of [allowedImports, plantedImports]) {
      expect(
        Object.keys(planted)
          .map((file) => findRoom(file)?.folder)
          .sort(),
      ).to.deep.equal(rows);
    }
  });

  for (const [file, specifiers] of Object.entries(plantedImports)) {
    for (const specifier of specifiers) {
      it(`refuse '${specifier}' in ${file}, naming the file and the rule`, () => {
        using tree = temporaryTree({ [file]: `// why\nimport { x } from '${specifier}';\n` });
        const { violations } = findViolations(tree.root);
        expect(violations).to.have.length(1);
        expect(violations[0]).to.match(new RegExp(`^${file}:2: imports '${specifier}', but ${findRoom(file)?.folder} may import `));
      });
    }
  }

  for (const statement of [
    `import 'node:fs';`,
    `import type { Stats } from 'node:fs';`,
    `import { type Stats } from 'node:fs';`,
    `import fs, * as all from 'node:fs';`,
    `export { readFile } from 'node:fs';`,
    `export type { Stats } from 'node:fs';`,
    `export * from 'node:fs';`,
    `const fs = await import('node:fs');`,
    `const fs = await import(\`node:\${'fs'}\`);`,
    `let stats: import('node:fs').Stats;`,
    `import fs = require('node:fs');`,
    `class A { @Inject(import('node:fs')) readonly x = 1 }`,
  ]) {
    it(`see an import in the form of: ${statement}`, () => {
      using tree = temporaryTree({ 'core/domain/accounts/user.ts': statement });
      expect(findViolations(tree.root).violations).to.have.length(1);
    });
  }

  for (const [code, name] of Object.entries({
    'new Date()': 'Date',
    'Date.now()': 'Date',
    'let at: Date': 'Date',
    'const { now } = Date': 'Date',
    'const clock = { Date }': 'Date',
    'Math.random()': 'Math.random',
    "Math['random']()": 'Math.random',
    'const { random } = Math': 'Math.random',
    '(Math as unknown as Chance).random()': 'Math.random',
    'crypto.randomUUID()': 'crypto',
    'setTimeout(() => {}, 1)': 'setTimeout',
    'AbortSignal.timeout(5)': 'AbortSignal.timeout',
    'performance.now()': 'performance',
    'process.env.HOME': 'process',
    "Buffer.from('x')": 'Buffer',
    "fetch('x')": 'fetch',
    "globalThis['Da' + 'te']": 'globalThis',
    "eval('1')": 'eval',
  })) {
    it(`reject \`${code}\` in core`, () => {
      for (const file of ['core/domain/accounts/user.ts', 'core/ports/clock.ts', 'core/usecases/sessions/log-in.ts']) {
        using tree = temporaryTree({ [file]: `${code};` });
        const { violations } = findViolations(tree.root);
        expect(violations).to.have.length(1);
        expect(violations[0]).to.include(`${file}:1: says ${name}, but `);
      }
    });
  }

  for (const [text, word] of Object.entries({
    '\'see "db check"\'': "'db check', a command",
    "'db check --accept'": "'--accept', an option of the command line",
    '`Set CREDENTIAL_WRITES to ${way}.`': "'CREDENTIAL_WRITES', a variable of the environment",
    '`${way}: lower DB_POOL_MAX`': "'DB_POOL_MAX', a variable of the environment",
    "'docs/grants.sql has every right'": "'docs/', a document",
    "'see lifecycle.md'": "'lifecycle.md', a document",
    "'run move-acces as root'": "'move-acces', a command",
  })) {
    it(`refuse the text ${text} in core`, () => {
      using tree = temporaryTree({ 'core/domain/accounts/user.ts': `// why\nexport const advice = (way: string) => ${text};` });
      expect(findViolations(tree.root).violations).to.deep.equal([
        `core/domain/accounts/user.ts:2: says ${word}, but core/domain knows no host: put it into words there`,
      ]);
    });
  }

  it('know every command of the command line that has two words', () => {
    const { commands } = commandFacts(createProgram({ version: '0.0.0' } as CliTools)); // none of them is carried out
    const names = commands.flatMap((group) => group.commands.map(({ path }) => path.slice(1).join(' ')));
    expect(names).to.include('db check');
    for (const name of names) expect(hostWord({ type: 'StringLiteral', value: name }), name).to.equal(`'${name}', a command`);
  });

  it('let core say whatever else, and comments and other rooms anything', () => {
    using tree = temporaryTree({
      'core/domain/accounts/user.ts': `
        // see docs/api.md and "db check"
        export const codes = ['account_disabled', 'a list of users', 'e-mail', 'X'];`,
      'hosts/cli/advice.ts': "export const advice = 'Run db check --strict, see docs/cli.md and DB_URL';",
    });
    expect(findViolations(tree.root).violations).to.deep.equal([]);
  });

  it('allow those names outside core, and in core where they are only the names of members', () => {
    using tree = temporaryTree({
      'adapters/memory/clock.ts': 'export const now = () => Date.now() + Math.random();',
      'core/domain/accounts/user.ts': `
        interface Job { process: number; readonly Date: string; crypto(): void }
        export const run = (job: Job, signal: AbortSignal) => Math.floor(job.process) + Object.keys({ fetch: 1 }).length;
        // a Date in a comment, and 'import x from "node:fs"' in a text
        export const text = 'new Date()';`,
    });
    expect(findViolations(tree.root).violations).to.deep.equal([]);
  });

  it('refuse a file that has no room', () => {
    using tree = temporaryTree({ 'core/helper.ts': '', 'hosts/mail/send.ts': '', 'adapters/all.ts': '' });
    expect(findViolations(tree.root).violations).to.have.members([
      'core/helper.ts: belongs to no room of the house',
      'hosts/mail/send.ts: belongs to no room of the house',
      'adapters/all.ts: belongs to no room of the house',
    ]);
  });

  it('refuse a folder that is named after no noun, in each room of the grid and in the tests', () => {
    using tree = temporaryTree({
      'core/usecases/sessions/log-in.ts': '',
      'core/usecases/steps/find-account.ts': '',
      'core/usecases/helpers/one.ts': '',
      'core/usecases/helpers/other.ts': '',
      'adapters/mikro-orm/sql/steps/insert.ts': '',
      'adapters/memory/steps/store.ts': '',
      'test/journeys/faults/redis.spec.ts': '',
      'test/journeys/misc/redis.spec.ts': '',
      'tools/misc/anything.ts': '',
    });
    expect(findViolations(tree.root).violations).to.have.members([
      'core/usecases/helpers: is no noun of the grid',
      'adapters/memory/steps: is no noun of the grid',
      'test/journeys/misc: is no noun of the grid',
    ]);
  });

  it('refuse a use case that calls one of another noun, and let it have steps, types, and helpers of its own noun', () => {
    using tree = temporaryTree({
      'core/usecases/sessions/log-in.ts': "import { recogniseDevice } from './recognise-device.js';",
      'core/usecases/sessions/recognise-device.ts': "import { findCredential } from '../steps/find-credential.js';",
      'core/usecases/steps/find-credential.ts': '',
      'core/usecases/use-cases.ts': "import { LogIn } from './sessions/log-in.js';",
      'core/usecases/accounts/register-user.ts': `
        import type { LogInInput } from '../sessions/log-in.js';
        import { type LogInPorts } from '../sessions/log-in.js';
        import { type LogInResult, LogIn } from '../sessions/log-in.js';
        export * from '../sessions/log-in.js';
        const lazy = await import('../sessions/log-in.js');`,
    });
    expect(findViolations(tree.root).violations).to.deep.equal(
      [4, 5, 6].map(
        (line) =>
          `core/usecases/accounts/register-user.ts:${line}: imports '../sessions/log-in.js', but no use case calls one of sessions: make a step of it`,
      ),
    );
  });

  it('refuse files that import each other in a circle, be it by types alone', () => {
    using tree = temporaryTree({
      'core/domain/ids.ts': '',
      'core/domain/accounts/user.ts': "import './profile.js';",
      'core/domain/accounts/profile.ts': "import '../ids.js'; import type { Session } from '../sessions/session.js';",
      'core/domain/sessions/session.ts': "import '../ids.js'; import '../accounts/user.js';",
    });
    expect(findViolations(tree.root).violations).to.deep.equal([
      'core/domain/accounts/profile.ts: imports itself by core/domain/sessions/session.ts, core/domain/accounts/user.ts, core/domain/accounts/profile.ts',
    ]);
  });

  it('make the command fail on a planted violation, pass without, and fail when there is nothing to read', () => {
    using tree = temporaryTree({});
    const check = () => spawnSync(process.execPath, [join(import.meta.dirname, '../../tools/fences/check-fences.js'), tree.root]);
    expect(check().status).to.equal(1);
    tree.write('core/domain/accounts/user.ts', 'export const user = 1;');
    expect(check().status).to.equal(0);
    tree.write('core/domain/accounts/user.ts', "import 'express';");
    const refusal = check();
    expect(refusal.status).to.equal(1);
    expect(refusal.stderr.toString()).to.equal(
      "core/domain/accounts/user.ts:1: imports 'express', but core/domain may import itself alone\n",
    );
  });
});
