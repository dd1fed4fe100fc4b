import { execFileSync } from 'node:child_process';
import { findCommand } from '../../test/support/servers/find-server.js';

/** A program that the tests need, and the Debian package that contains it. */
export interface NeededPackage {
  readonly name: string;
  /** The way to name another program instead. */
  readonly alternative: string;
}

/**
 * Installs Debian packages, without starting their services. Where it may not or cannot, throws an error that names each package and its
 * alternative.
 */
export function installPackages(packages: readonly NeededPackage[]): void {
  if (packages.length === 0) return;
  const names = packages.map(({ name }) => name);
  const wayOut = packages.map(({ name, alternative }) => `  ${name}, or ${alternative}`).join('\n');
  if (findCommand('apt-get') === null || process.getuid?.() !== 0) {
    throw new Error(`the tests need programs that are not here. Install them as root:\n${wayOut}`);
  }
  console.log(`installing ${names.join(', ')}`);
  try {
    apt('update');
    apt('install', '--yes', '--no-install-recommends', ...names);
  } catch (cause) {
    throw new Error(`apt-get did not install what the tests need:\n${wayOut}`, { cause });
  }
}

function apt(...args: string[]): void {
  execFileSync('apt-get', ['--quiet=2', '-o', 'DPkg::Lock::Timeout=120', ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    // In run level 1 Debian's packages leave their services stopped.
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  });
}
