import { spawn } from 'node:child_process';

/** Kills a server and deletes its folder after the process that started the guardian has ended, in any way. */
export interface Guardian {
  /** Sets the process to kill; `null` while there is none. */
  watch(pid: number | null): void;
  /** Ends the guardian, which deletes the folder. */
  release(): void;
}

const script = `
while read -r line; do pid=$line; done
[ -z "$pid" ] || kill -9 "$pid"
rm -rf "$1"
`;

/**
 * Starts a guardian for the folder. It is a shell in its own session, blocked on a pipe from this process: the kernel closes the pipe when
 * this process ends, even by SIGKILL, and a Ctrl-C of the terminal does not reach the shell.
 */
export function startGuardian(folder: string): Guardian {
  const shell = spawn('sh', ['-c', script, 'guardian', folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  const { stdin } = shell;
  stdin.on('error', () => {}); // a guardian that was itself killed must not fail the tests
  shell.unref();
  if ('unref' in stdin && typeof stdin.unref === 'function') stdin.unref();
  return {
    watch: (pid) => void stdin.write(`${pid ?? ''}\n`),
    release: () => void stdin.end('\n'),
  };
}
