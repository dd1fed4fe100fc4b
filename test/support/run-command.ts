import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { bareEnvironment } from './bare-environment.js';
import { commandFile } from './command-file.js';
import { expectNoSecret, noteEnvironment, usedSecrets } from './secrets/used-secrets.js';

export interface CommandResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandPlace {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly input?: string;
  /** The executable of another Node.js than that of the tests. */
  readonly node?: string;
}

/** Runs `move-acces` with its own environment until it ends. Rejects when it prints a secret that was used. */
export async function runCommand(
  args: readonly string[],
  { env = {}, cwd, input = '', node = process.execPath }: CommandPlace,
): Promise<CommandResult> {
  noteEnvironment(env);
  if (args.includes('--password-stdin')) usedSecrets.note(input.trim());
  const child = spawn(node, [commandFile, ...args], { cwd, env: { ...bareEnvironment(), ...env } });
  child.stdin.end(input);
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  expectNoSecret(stdout + stderr, `what "${args.join(' ')}" wrote`);
  return { exitCode, stdout, stderr };
}
