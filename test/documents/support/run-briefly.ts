import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { commandFile } from '../../support/command-file.js';

/**
 * Runs a `move-acces` command that runs until it is interrupted, and interrupts it: a server when it listens, on a free port; a command
 * that follows something after half a second. Ends with its exit code.
 */
const args = process.argv.slice(2).map((arg, index, all) => (all[index - 1] === '--port' ? '0' : arg));
const env = { ...process.env, PORT: '0', WS_PORT: '0' };
const child = spawn(process.execPath, [...process.execArgv, commandFile, ...args], { env, stdio: ['inherit', 'pipe', 'inherit'] });
createInterface({ input: child.stdout }).on('line', (line) => {
  console.log(line);
  if (line.includes('"listening"')) child.kill('SIGTERM');
});
if (args.includes('--follow')) setTimeout(() => child.kill('SIGINT'), 1500);
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 0 : 1);
});
