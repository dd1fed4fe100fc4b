import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

const oldestMajor = 22;

export const isNodeSupported = (): boolean => Number.parseInt(process.versions.node, 10) >= oldestMajor;

/** Runs this same command on the Node that npm installed beside it: the machine's own is too old. */
export function runOnPinnedNode(): void {
  const node = pinnedNode();
  if (node === null) {
    process.stderr.write(`move-acces needs Node ${oldestMajor} or newer; this is ${process.versions.node}\n`);
    process.exitCode = 1;
    return;
  }
  const child = spawn(node, ['--enable-source-maps', ...process.argv.slice(1)], { stdio: 'inherit' });
  // A terminal tells everybody who runs in it: passed on, its signal would come twice, and a second one ends a server at once.
  const isTold = (signal: NodeJS.Signals) => signal !== 'SIGTERM' && process.stdin.isTTY === true;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => isTold(signal) || child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}

function pinnedNode(): string | null {
  try {
    return createRequire(import.meta.url).resolve(`node-${process.platform}-${process.arch}/bin/node`);
  } catch {
    return null;
  }
}
