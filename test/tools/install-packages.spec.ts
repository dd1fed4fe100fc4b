import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import sinon from 'sinon';
import { installPackages } from '../../tools/servers/install-packages.js';
import { type TemporaryTree, temporaryTree } from '../support/temporary-tree.js';

const redis = { name: 'redis-server', alternative: 'REDIS_SERVER=/path/to/redis-server' };
const chromium = { name: 'chromium', alternative: 'CHROMIUM=/path/to/chromium' };

describe('Installing the packages that the tests need', () => {
  const environment = process.env;
  let tree: TemporaryTree;
  beforeEach(() => {
    tree = temporaryTree({});
    sinon.stub(process, 'getuid').returns(0);
    sinon.stub(console, 'log');
  });
  afterEach(() => {
    process.env = environment;
    sinon.restore();
    tree[Symbol.dispose]();
  });

  /** An apt-get that notes its arguments in a file, and then does this. */
  function fakeAptGet(then: string): void {
    tree.write('apt-get', `#!/bin/sh\necho "$@" >>"${tree.root}/calls"\n${then}\n`);
    chmodSync(join(tree.root, 'apt-get'), 0o755);
    process.env = { ...environment, PATH: `${tree.root}:${environment.PATH}` };
  }

  it('updates once and installs once, however many packages are missing', () => {
    fakeAptGet('exit 0');
    installPackages([redis, chromium]);
    const calls = readFileSync(join(tree.root, 'calls'), 'utf8').trim().split('\n');
    expect(calls.map((call) => call.replace(/^.* (update|install)/, '$1'))).to.deep.equal([
      'update',
      'install --yes --no-install-recommends redis-server chromium',
    ]);
  });

  it('runs nothing where nothing is missing', () => {
    process.env = { PATH: '' };
    installPackages([]);
  });

  it('names every package and its alternative where apt-get fails', () => {
    fakeAptGet('case "$*" in *install*) exit 100 ;; esac');
    expect(() => installPackages([redis, chromium])).to.throw(/redis-server, or REDIS_SERVER=.*\n.*chromium, or CHROMIUM=/);
  });

  it('names the packages where there is no apt-get, or no right to use it', () => {
    process.env = { PATH: tree.root };
    expect(() => installPackages([redis])).to.throw(/as root:\n.*redis-server, or REDIS_SERVER=/);
    fakeAptGet('exit 0');
    sinon.restore();
    sinon.stub(process, 'getuid').returns(1000);
    expect(() => installPackages([chromium])).to.throw(/as root:\n.*chromium, or CHROMIUM=/);
  });
});
