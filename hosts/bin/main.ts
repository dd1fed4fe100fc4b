import { randomBytes } from 'node:crypto';
import type { CliTools } from '../cli/cli-actions.js';
import { operatorName } from '../cli/operator-name.js';
import { createProgram, runProgram } from '../cli/program.js';
import { Terminal } from '../cli/terminal.js';
import { minTimeCost } from '../config/argon2-floor.js';
import { productVersion } from './product-version.js';

export async function main(argv: readonly string[]): Promise<void> {
  const { stdin, stdout, stderr, env } = process;
  const terminal = new Terminal({ stdin, stdout, stderr, env });
  const held: unknown[] = [];
  const tools: CliTools = {
    terminal,
    operator: operatorName(env),
    version: productVersion(),
    isProduction: env.NODE_ENV === 'production',
    // What is heavy is loaded by the command that needs it.
    serve: async (options) => (await import('./serve-in-processes.js')).serveInProcesses(options),
    openCore: async (readiness) => (await import('./open-composition.js')).openCore(readiness),
    measureHash: async (cost) => (await import('../wiring/hashing.js')).measureHash(cost),
    async showConfig() {
      const [{ loadConfig }, { describeConfig }] = await Promise.all([
        import('../config/load-config.js'),
        import('../config/describe-config.js'),
      ]);
      const { config, warnings } = loadConfig();
      for (const warning of warnings) terminal.note(warning);
      return describeConfig(config);
    },
    generateSecret: () => randomBytes(32).toString('hex'),
    fewestPasses: minTimeCost,
    holdUntilExit: (resource) => void held.push(resource),
  };
  process.exitCode = await runProgram(createProgram(tools), argv, terminal);
}
