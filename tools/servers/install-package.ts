import { execFileSync } from 'node:child_process';
import { findCommand } from '../../test/support/servers/find-server.js';

/** Installs a Debian package, without starting the service in it; where it may not, throws an error that says what to do. */
export function installPackage(name: string, alternative: string): void {
  if (findCommand('apt-get') === null || process.getuid?.() !== 0) {
    throw new Error(`the tests need a server that is not here: install ${name} (as root), or name one by ${alternative}`);
  }
  console.log(`installing ${name}`);
  apt('update');
  apt('install', '--yes', '--no-install-recommends', name);
}

function apt(...args: string[]): void {
  execFileSync('apt-get', ['--quiet=2', '-o', 'DPkg::Lock::Timeout=120', ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    // In run level 1 Debian's packages leave their services stopped.
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  });
}
