import { randomBytes } from 'node:crypto';
import type { CliActions } from '../cli/cli-actions.js';
import { createProgram, runProgram } from '../cli/program.js';
import type { Composition } from '../wiring/compose.js';
import { composeConfigured } from './configured.js';
import { serve } from './serve.js';

const actions: CliActions = {
  serve,
  migrate: () => withComposition(({ migrations }) => migrations.up()),
  migrationState: () =>
    withComposition(async ({ migrations }) => ({ executed: await migrations.executed(), pending: await migrations.pending() })),
  seed: (password) => withComposition(({ useCases }) => useCases.seedDemo.execute({ password, actor: 'admin' })),
  generateSecret: () => randomBytes(32).toString('hex'),
};

export async function main(argv: readonly string[]): Promise<void> {
  process.exitCode = await runProgram(createProgram(actions), argv);
}

async function withComposition<Result>(work: (composition: Composition) => Promise<Result>): Promise<Result> {
  const { composition } = await composeConfigured();
  await using _closing = composition;
  return await work(composition);
}
