import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'chai';
import { projectRoot } from '../../../support/project-root.js';
import { type CommandResult, runCommand } from '../../../support/run-command.js';
import type { Stage } from '../../support/stage.js';

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
addFormats.default(ajv);

/** Every value on its own line, each of which the published schema must allow. A cast: the schema defines their type. */
export function checkedLines<Value>(text: string, schema: string): Value[] {
  expect(text === '' || text.endsWith('\n'), JSON.stringify(text)).to.equal(true);
  const values = text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Value);
  const validate = ajv.getSchema(schema) ?? ajv.compile(readSchema(schema));
  for (const value of values) expect(validate(value), JSON.stringify({ value, errors: validate.errors })).to.equal(true);
  return values;
}

function readSchema(name: string): object {
  const file = join(projectRoot(), `hosts/cli/schemas/${name}.schema.json`);
  return { ...(JSON.parse(readFileSync(file, 'utf8')) as object), $id: name };
}

export interface Cli {
  /** Runs a command that must succeed, with no text on standard error except what `notes` allows; returns standard output. */
  done(args: readonly string[], options?: { readonly input?: string; readonly notes?: RegExp }): Promise<string>;
  /** Runs a command with `--json` that must succeed; returns its output, each value checked against the schema. */
  json<Value>(schema: string, args: readonly string[], options?: { readonly input?: string }): Promise<Value[]>;
  /** Runs a command, whatever becomes of it. */
  run(
    args: readonly string[],
    options?: { readonly env?: Readonly<Record<string, string>>; readonly input?: string },
  ): Promise<CommandResult>;
}

/** The command line in a place. Its operator is called `tester`, its zone is UTC+5:30. */
export function cliOf({ env, adminEnv = env, cwd }: Pick<Stage, 'env' | 'adminEnv' | 'cwd'>): Cli {
  const own = { MOVE_ACCES_OPERATOR: 'tester', TZ: 'Asia/Kolkata' };
  const envFor = (command: string) => ({ ...(/^(seed|db migrate)\b/.test(command) ? adminEnv : env), ...own });
  const run: Cli['run'] = (args, { env: more = {}, input = '' } = {}) =>
    runCommand(args, { env: { ...envFor(args.join(' ')), ...more }, cwd, input });
  const done: Cli['done'] = async (args, { input = '', notes = /^$/ } = {}) => {
    const { exitCode, stdout, stderr } = await run(args, { input });
    expect(exitCode, stderr).to.equal(0);
    expect(stderr).to.match(notes);
    return stdout;
  };
  return { run, done, json: async (schema, args, options) => checkedLines(await done([...args, '--json'], options), schema) };
}
