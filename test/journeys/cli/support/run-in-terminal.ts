import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { bareEnvironment } from '../../../support/bare-environment.js';
import { commandFile } from '../../../support/command-file.js';

/** Simulates a user at the terminal: waits until a text is shown, then types. */
export interface Typing {
  readonly after: string | RegExp;
  readonly type: string;
}

export interface TerminalResult {
  readonly exitCode: number | null;
  /** Everything that was shown, with what was typed, line ends as a terminal has them. */
  readonly shown: string;
}

/** Runs `move-acces` in a terminal of its own (util-linux `script`). */
export async function runInTerminal(
  args: readonly string[],
  { env, cwd, typing = [] }: { readonly env: Readonly<Record<string, string>>; readonly cwd: string; readonly typing?: readonly Typing[] },
): Promise<TerminalResult> {
  // in the shell's place: a shell that is interrupted with it would end in its own way
  const command = `exec ${[process.execPath, commandFile, ...args].map(quoted).join(' ')}`;
  const child = spawn('script', ['--quiet', '--return', '--flush', '--command', command, '/dev/null'], {
    cwd,
    env: { ...bareEnvironment(), TERM: 'xterm', SHELL: '/bin/sh', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const left = [...typing];
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    const [next] = left;
    if (next === undefined || !(typeof next.after === 'string' ? shown.includes(next.after) : next.after.test(shown))) return;
    left.shift();
    child.stdin.write(next.type);
  });
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, shown };
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
