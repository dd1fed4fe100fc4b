import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs a program to its end and resolves with its standard output; rejects with its standard error in the message. */
export async function runTool(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  try {
    const options = { env: { ...process.env, LC_ALL: 'C', ...env }, maxBuffer: 64 * 1024 * 1024 };
    const { stdout } = await promisify(execFile)(command, args, options);
    return stdout;
  } catch (cause) {
    const { code, stderr, message } = cause as { code?: unknown; stderr?: string; message: string };
    if (code === 'ENOENT') throw new Error(`there is no ${command} on the PATH`, { cause });
    throw new Error(`${command} failed: ${stderr?.trim() || message}`, { cause });
  }
}
