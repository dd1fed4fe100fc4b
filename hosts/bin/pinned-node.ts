import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { unsupportedNode } from '../config/supported-node.js';
import { type Machine, nodeProgramFor, thisMachine } from './node-package.js';

/** Runs this same command on the Node that npm installed beside it, since the machine's own is too old. Without one: a line, and exit code 1. */
export function runOnPinnedNode(): void {
  const node = pinnedNode(thisMachine());
  if (node === null) {
    refuse('and none is installed beside it');
    return;
  }
  const child = spawn(node, ['--enable-source-maps', ...process.argv.slice(1)], { stdio: 'inherit' });
  // A terminal sends its signals to every process that runs in it. If this process forwarded such a signal, the child would get it twice,
  // and the second signal ends a server at once.
  const isTold = (signal: NodeJS.Signals) => signal !== 'SIGTERM' && process.stdin.isTTY === true;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => isTold(signal) || child.kill(signal));
  child.on('error', ({ message }) => refuse(`and the one beside it does not run (${message})`));
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}

function refuse(reason: string): void {
  process.stderr.write(`${unsupportedNode(process.versions.node)} (${process.execPath}), ${reason}\n`);
  process.exitCode = 1;
}

function pinnedNode(machine: Machine): string | null {
  const program = nodeProgramFor(machine);
  if (program === null) return null;
  try {
    return createRequire(import.meta.url).resolve(program);
  } catch {
    return null;
  }
}
