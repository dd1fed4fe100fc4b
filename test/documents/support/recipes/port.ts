import { after, all, announced, before, imported, made } from './edits.js';
import type { Recipe } from './recipe.js';

const port = `
import type { ProfileChanges } from '../../domain/accounts/user.js';

/** What an operator demands of profiles beyond the product's own rules. The rules lie in memory: a check waits for nothing. */
export interface ProfileRules {
  accepts(changes: ProfileChanges): boolean;
}
`;

const contract = `
import { expect } from 'chai';
import type { ProfileRules } from '../../../../core/ports/accounts/profile-rules.js';
import { globalRunner, type TestRunner } from '../../runner/test-runner.js';

/** What every \`ProfileRules\` keeps. \`open\` gives rules that limit the first name to so many characters. */
export function profileRulesContract(
  name: string,
  open: (maxFirstName: number) => ProfileRules,
  runner: TestRunner = globalRunner(),
): void {
  const { describe, it } = runner;
  describe(\`\${name} as rules for profiles\`, () => {
    it('accepts what keeps the rules, and nothing else', () => {
      const rules = open(3);
      expect([{}, { firstName: null }, { firstName: 'Ana' }].map((changes) => rules.accepts(changes))).to.deep.equal([true, true, true]);
      expect(rules.accepts({ firstName: 'Anna' })).to.equal(false);
    });
  });
}
`;

const memoryAdapter = `
import type { ProfileChanges } from '../../../core/domain/accounts/user.js';
import type { ProfileRules } from '../../../core/ports/accounts/profile-rules.js';

/** Limits the first name alone; without a limit it accepts every profile. */
export class MemoryProfileRules implements ProfileRules {
  readonly #maxFirstName: number;

  constructor({ maxFirstName = Number.POSITIVE_INFINITY }: { readonly maxFirstName?: number } = {}) {
    this.#maxFirstName = maxFirstName;
  }

  accepts({ firstName }: ProfileChanges): boolean {
    return (firstName ?? '').length <= this.#maxFirstName;
  }
}
`;

const libraryAdapter = `
import { Ajv, type ValidateFunction } from 'ajv';
import type { ProfileChanges } from '../../core/domain/accounts/user.js';
import type { ProfileRules } from '../../core/ports/accounts/profile-rules.js';

/** Rules in the form of a JSON Schema. */
export class AjvProfileRules implements ProfileRules {
  readonly #validate: ValidateFunction;

  constructor({ schema }: { readonly schema: object }) {
    this.#validate = new Ajv({ strict: false }).compile(schema);
  }

  accepts(changes: ProfileChanges): boolean {
    return this.#validate(changes);
  }
}
`;

const exported = `
/** Rules for profiles, by ajv. */
import '../../config/require-node.js';

export * from '../../../adapters/ajv/ajv-profile-rules.js';
`;

const contractSpec = `
import { AjvProfileRules } from '../../../adapters/ajv/ajv-profile-rules.js';
import { profileRulesContract } from '../../kit/contracts/accounts/profile-rules.contract.js';
import { memoryHarnesses } from '../support/memory-harnesses.js';

describe('The rules for profiles', () => {
  profileRulesContract('memory', memoryHarnesses.profileRules);
  profileRulesContract(
    'ajv',
    (maxLength) => new AjvProfileRules({ schema: { properties: { firstName: { type: ['string', 'null'], maxLength } } } }),
  );
});
`;

const library = /\n( +)"ajv": "([\d.]+)",/;

/** As `npm install` does: the library moves from the tools of this project to what the product needs. */
const installed = (text: string): string => {
  const [line = ''] = library.exec(text) ?? [];
  return text.replace(line, '').replace(/(\n +"argon2": ")/, `${line}$1`);
};

/** Adds `ProfileRules`, kept in memory and by a library that the product did not need before. */
export const portRecipe: Recipe = {
  title: 'To add a port',
  names: { noun: 'accounts', port: 'profile-rules', technology: 'ajv', part: 'policies' },
  files: {
    'core/ports/accounts/profile-rules.ts': made(port),
    'core/ports/ports.ts': all(
      imported("import type { ProfileRules } from './accounts/profile-rules.js';"),
      after(/^ {2}readonly unitOfWork: /, '  readonly profileRules: ProfileRules;'),
    ),
    'hosts/exports/core.ts': imported("export * from '../../core/ports/accounts/profile-rules.js';"),
    'test/kit/contracts/accounts/profile-rules.contract.ts': made(contract),
    'hosts/exports/testing.ts': imported("export * from '../../test/kit/contracts/accounts/profile-rules.contract.js';"),
    'adapters/memory/accounts/memory-profile-rules.ts': made(memoryAdapter),
    'hosts/exports/adapters/memory.ts': imported("export * from '../../../adapters/memory/accounts/memory-profile-rules.js';"),
    'test/kit/make-world.ts': all(
      imported("import { MemoryProfileRules } from '../../adapters/memory/accounts/memory-profile-rules.js';"),
      before(/^ {4}rateLimits: new MemoryRateLimitStore/, '    profileRules: new MemoryProfileRules(),'),
    ),
    'package.json': installed,
    'package-lock.json': installed,
    'docs/decisions/0001-libraries.md': after(/^\| `jose` \|/, '| `ajv` | rules for profiles, as JSON Schema |'),
    'tools/fences/rooms.ts': before(/folder: 'adapters\/\*'/, "  { folder: 'adapters/ajv', packages: ['ajv'], ...adapter },"),
    'test/tools/planted-imports.ts': all(
      after(/^export const allowedImports/, "  'adapters/ajv/profile-rules.ts': ['ajv'],"),
      after(/^export const plantedImports/, "  'adapters/ajv/profile-rules.ts': ['jose'],"),
    ),
    'adapters/ajv/ajv-profile-rules.ts': made(libraryAdapter),
    'hosts/exports/adapters/ajv.ts': made(exported),
    'hosts/wiring/ports-module.ts': before(/^ {2}random: true,/, '  profileRules: true,'),
    'hosts/wiring/policies-module.ts': all(
      imported("import { AjvProfileRules } from '../../adapters/ajv/ajv-profile-rules.js';"),
      after(/^ {4}bindPort\('sessionPolicy'\)/, "    bindPort('profileRules').toConstantValue(new AjvProfileRules({ schema: {} }));"),
    ),
    'test/contracts/support/memory-harnesses.ts': all(
      imported("import { MemoryProfileRules } from '../../../adapters/memory/accounts/memory-profile-rules.js';"),
      after(/^export const memoryHarnesses/, '  profileRules: (maxFirstName: number) => new MemoryProfileRules({ maxFirstName }),'),
    ),
    'test/contracts/support/under-node-test.ts': after(
      /^kit\.randomContract/,
      "kit.profileRulesContract('memory', memoryHarnesses.profileRules, runner);",
    ),
    'test/contracts/accounts/profile-rules.spec.ts': made(contractSpec),
    'CHANGELOG.md': announced('`Ports` has a new member, `profileRules`: embedders bind `MemoryProfileRules` where they have none.'),
  },
};
