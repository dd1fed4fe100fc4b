import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { aptMirrors, type PackageSource } from '../../tools/servers/mysql/package-sources.js';
import type { PinnedPackage } from '../../tools/servers/mysql/pinned-mysql.js';
import { servedPin } from '../../tools/servers/mysql/served-pin.js';
import { unpackMysql } from '../../tools/servers/mysql/unpack-mysql.js';
import { findUnpackedMysql, mysqlCache, replacementWarning } from '../../tools/servers/mysql/unpacked-mysql.js';
import { type TemporaryTree, temporaryTree } from '../support/temporary-tree.js';
import { addIndex, addRepository, packageName, pinTo, recordOf, sha256Of } from './debian-repository.js';

describe('The mirrors of this machine', () => {
  it('are read by apt from one-line and deb822 sources: no security archive, no sources, nothing disabled', async () => {
    using tree = temporaryTree({
      'sources.list': [
        'deb [arch=amd64 signed-by=/usr/share/keyrings/other.gpg] http://other.example/node_20.x nodistro main',
        '# deb http://commented.example/debian bookworm main',
        'deb [trusted=yes] http://one-line.example/debian/ bookworm main contrib',
        'deb http://security.example/debian-security bookworm-security main',
        'deb-src http://source.example/debian bookworm main',
        'deb http://component.example/debian bookworm stable',
        'deb cdrom:[Debian]/ bookworm main',
        '',
      ].join('\n'),
      'parts/debian.sources': [
        'Types: deb\nURIs: http://deb822.example/debian http://second.example/debian\nSuites: bookworm bookworm-updates\nComponents: main\n',
        'Types: deb\nEnabled: no\nURIs: http://disabled.example/debian\nSuites: bookworm\nComponents: main\n',
      ].join('\n'),
    });
    const files = ['-o', `Dir::Etc::sourcelist=${tree.root}/sources.list`, '-o', `Dir::Etc::sourceparts=${tree.root}/parts`];
    const mirrors = await aptMirrors(files);
    expect(mirrors).to.have.members([
      'http://one-line.example/debian',
      'http://deb822.example/debian',
      'http://second.example/debian',
      'http://other.example/node_20.x',
    ]);
    expect(mirrors.at(-1)).to.equal('http://other.example/node_20.x');
  });
});

describe('Unpacking MySQL', () => {
  let tree: TemporaryTree;
  let cache: string;
  beforeEach(() => {
    tree = temporaryTree({});
    cache = join(tree.root, 'cache');
  });
  afterEach(() => tree[Symbol.dispose]());

  const unpack = (pin: PinnedPackage, ...sources: PackageSource[]) => unpackMysql({ pin, cache, sources });
  const failureOf = async (pin: PinnedPackage, ...sources: PackageSource[]) => {
    const failure = await unpack(pin, ...sources).catch((error: unknown) => error);
    expect(failure).to.be.an('error');
    return (failure as Error).message;
  };
  /** The pin to a version of a repository, with its true checksum. */
  const pinOf = (repository: PackageSource, version: string) =>
    pinTo(version, sha256Of(join(tree.root, repository.name, `${packageName}_${version}.deb`)));

  it('makes a mysqld that its own loader starts, with its own folders unless the caller names others', async () => {
    const mirror = addRepository(tree, 'mirror', '9.7.4-2');
    const pin = pinOf(mirror, '9.7.4-2');
    expect(findUnpackedMysql(cache, pin)).to.equal(null);
    const { path, version } = await unpack(pin, mirror);
    expect({ path, version }).to.deep.equal({ path: join(cache, 'mysql-9.7.4-2/mysqld'), version: '9.7.4-2' });
    expect(findUnpackedMysql(cache, pin)).to.deep.equal({ path, version });
    const root = join(cache, 'mysql-9.7.4-2');
    const own = [`${root}/usr/sbin/mysqld`, `--basedir=${root}/usr`, '--secure-file-priv='];
    const argsFor = (...args: string[]) => execFileSync(path, args, { encoding: 'utf8' }).trimEnd().split('\n').slice(2);
    expect(argsFor('--no-defaults', '--port=1 2')).to.deep.equal([own[0], '--no-defaults', ...own.slice(1), '--port=1 2']);
    expect(argsFor('--port=1', '--basedir=/mine')).to.deep.equal([...own, '--port=1', '--basedir=/mine']);
    expect(argsFor()).to.deep.equal(own);
  });

  it('allows any number of concurrent callers, and leaves only the result', async () => {
    const mirror = addRepository(tree, 'mirror', '9.7.4-2');
    const pin = pinOf(mirror, '9.7.4-2');
    const all = await Promise.all([1, 2, 3].map(() => unpack(pin, mirror)));
    expect(new Set(all.map(({ path }) => path)).size).to.equal(1);
    expect(readdirSync(cache)).to.deep.equal(['mysql-9.7.4-2']);
  });

  it('refuses a package whose checksum is not the pinned one, though another source has the right one', async () => {
    const [wrong, right] = [addRepository(tree, 'wrong', '9.7.4-2'), addRepository(tree, 'right', '9.7.4-2')];
    const message = await failureOf(pinOf(right, '9.7.4-2'), wrong, right);
    const checksums = [wrong, right].map(({ name }) => sha256Of(join(tree.root, name, `${packageName}_9.7.4-2.deb`)));
    expect(message).to.include(`${packageName}_9.7.4-2_all.deb has the SHA-256 ${checksums[0]}, expected ${checksums[1]}`);
    expect(message).to.include('MYSQLD=/path/to/mysqld');
    expect(readdirSync(cache)).to.deep.equal([]);
  });

  it('takes the pinned version from the next source where the first has another or cannot be reached', async () => {
    const [mirror, snapshot] = [addRepository(tree, 'mirror', '9.7.5-1'), addRepository(tree, 'snapshot', '9.7.4-2')];
    const gone = { name: 'gone', line: 'deb [trusted=yes] copy:/nonexistent ./' };
    const unpacked = await unpack(pinOf(snapshot, '9.7.4-2'), gone, mirror, snapshot);
    expect(unpacked.version).to.equal('9.7.4-2');
    expect(replacementWarning(unpacked, pinTo('9.7.4-2'))).to.equal(null);
  });

  it('takes the newest version of the first source where no source has the pinned one, and warns', async () => {
    const mirror = addRepository(tree, 'mirror', '9.7.5-1', '9.7.10-1');
    const gone = { name: 'gone', line: 'deb [trusted=yes] copy:/nonexistent ./' };
    const pin = pinTo('9.7.4-2');
    const unpacked = await unpack(pin, mirror, gone);
    expect(unpacked.version).to.equal('9.7.10-1');
    expect(findUnpackedMysql(cache, pin)).to.deep.equal(unpacked);
    expect(replacementWarning(unpacked, pin)).to.match(/^WARNING: .*9\.7\.10-1.*9\.7\.4-2.*npm run servers:pin$/);
    expect(findUnpackedMysql(cache, pinTo('9.7.11-1')), 'for another pin').to.equal(null);
  });

  it('refuses a source that Debian has not signed, though the machine allows such', async () => {
    const mirror = addRepository(tree, 'mirror', '9.7.4-2');
    const keyring = '[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]';
    tree.write('apt.conf', 'Acquire::AllowInsecureRepositories "true";\nAPT::Get::AllowUnauthenticated "true";\n');
    process.env.APT_CONFIG = join(tree.root, 'apt.conf');
    const unsigned = { ...mirror, line: mirror.line.replace('[trusted=yes]', keyring) };
    const message = await failureOf(pinOf(mirror, '9.7.4-2'), unsigned).finally(() => delete process.env.APT_CONFIG);
    expect(message)
      .to.match(/mirror: .* is not signed/)
      .and.include('MYSQLD=/path/to/mysqld');
  });

  it('names the package, each place that was searched and the way out where it is in none', async () => {
    const empty = addIndex(tree, 'empty', []);
    const gone = { name: 'gone', line: 'deb [trusted=yes] copy:/nonexistent ./' };
    const message = await failureOf(pinTo('9.7.4-2'), empty, gone);
    expect(message).to.include(`${packageName} 9.7.4-2`).and.include(cache).and.include('MYSQLD=/path/to/mysqld');
    expect(message)
      .to.match(/^ {2}empty: .*No packages found/m)
      .and.match(/^ {2}gone: .*nonexistent/m);
  });

  it('names the file that cannot be unpacked', async () => {
    tree.write('broken/broken.deb', 'no archive');
    const [file, sha256] = ['broken.deb', sha256Of(join(tree.root, 'broken/broken.deb'))];
    const broken = addIndex(tree, 'broken', [recordOf({ version: '9.7.4-2', sha256, file, size: 10 })]);
    const message = await failureOf(pinTo('9.7.4-2', sha256), broken);
    expect(message).to.include(`${packageName}_9.7.4-2_all.deb: dpkg-deb failed`).and.include('MYSQLD=/path/to/mysqld');
    expect(existsSync(join(cache, 'mysql-9.7.4-2'))).to.equal(false);
  });

  it('refuses a machine for which there is no pinned checksum', async () => {
    const message = await failureOf({ ...pinTo('9.7.4-2'), sha256: { pdp11: '' } });
    expect(message).to.include('pinned for pdp11, not for').and.include('MYSQLD=/path/to/mysqld');
  });

  it('keeps it where MYSQLD_CACHE names a folder, else in the cache folder of the account, which need not have a home', () => {
    expect(mysqlCache({ MYSQLD_CACHE: '/a', XDG_CACHE_HOME: '/b', HOME: '/c' })).to.equal('/a');
    expect(mysqlCache({ XDG_CACHE_HOME: '/b', HOME: '/c' })).to.equal('/b/move-acces');
    expect(mysqlCache({ HOME: '/c' })).to.equal('/c/.cache/move-acces');
    expect(mysqlCache({})).to.match(/^\/.*\.cache\/move-acces$/);
  });
});

describe('The pin of MySQL', () => {
  const present: PinnedPackage = { ...pinTo('9.7.4-2'), sha256: { amd64: '', arm64: '' } };
  const records = (amd64: string, arm64: string) => [
    recordOf({ version: amd64, architecture: 'amd64', sha256: 'a'.repeat(64) }),
    recordOf({ version: arm64, architecture: 'arm64', sha256: 'b'.repeat(64) }),
  ];

  it('moves to the source’s version, with the checksum for each architecture and a time at which the snapshot archive has it', async () => {
    using tree = temporaryTree({});
    const source = addIndex(tree, 'mirror', records('9.7.5-1', '9.7.5-1'), new Date('2026-10-30T20:08:01Z'));
    expect(await servedPin(present, source, join(tree.root, 'state'))).to.deep.equal({
      package: packageName,
      version: '9.7.5-1',
      snapshot: '20261031T020801Z',
      sha256: { amd64: 'a'.repeat(64), arm64: 'b'.repeat(64) },
    });
  });

  it('stays where the architectures have different versions', async () => {
    using tree = temporaryTree({});
    const source = addIndex(tree, 'mirror', records('9.7.5-1', '9.7.4-3'));
    const failure = await servedPin(present, source, join(tree.root, 'state')).catch((error: unknown) => error);
    expect(failure).to.be.an('error').with.property('message').that.includes('9.7.5-1 for amd64 and 9.7.4-3 for arm64');
  });
});
