import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Stage } from '../../journeys/support/stage.js';
import { bareEnvironment } from '../../support/bare-environment.js';
import { standIns } from './stand-ins.js';

const run = promisify(execFile);

/** A reader's terminal, in a folder that looks like a checkout. */
export interface ReadersShell {
  /** Runs a script in bash, which ends at the first command that fails. Rejects with what it printed if it does. */
  run(script: string): Promise<string>;
}

/** `env` beside the stage's own. */
export async function readersShell(stage: Pick<Stage, 'env' | 'cwd'>, env: Readonly<Record<string, string>> = {}): Promise<ReadersShell> {
  const bin = await standIns(stage.cwd);
  const { PATH = '', ...bare } = bareEnvironment();
  const whole = { ...bare, PATH: `${bin}:${PATH}`, HOME: stage.cwd, ...stage.env, ...env };
  return {
    run: async (script) =>
      (await run('bash', ['--norc', '-euo', 'pipefail', '-c', script], { cwd: stage.cwd, env: whole, timeout: 600_000 })).stdout,
  };
}
