import { chmodSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect } from 'chai';
import { pinnedMysql } from '../../tools/servers/mysql/pinned-mysql.js';
import { findDatabaseServer } from '../support/servers/find-server.js';
import { type TemporaryTree, temporaryTree } from '../support/temporary-tree.js';

const [mysql, mariadb] = ['mysqld  Ver 9.7.4 for Linux on x86_64', 'mysqld  Ver 10.11.14-MariaDB for debian-linux-gnu'];
const unpacked = `cache/mysql-${pinnedMysql.version}/mysqld`;

describe('The database server of the tests is chosen', () => {
  const environment = process.env;
  let tree: TemporaryTree;
  beforeEach(() => {
    tree = temporaryTree({});
  });
  afterEach(() => {
    process.env = environment;
    tree[Symbol.dispose]();
  });

  /** The server that is found where these programs exist, by file and version; those under `bin` and `other` are on the PATH. */
  function found(programs: Readonly<Record<string, string>>, env: Readonly<Record<string, string>>): string {
    for (const [file, version] of Object.entries(programs)) {
      tree.write(file, `#!/bin/sh\necho "${version}"\n`);
      chmodSync(join(tree.root, file), 0o755);
    }
    const path = [join(tree.root, 'bin'), join(tree.root, 'other'), environment.PATH].join(delimiter);
    const { MYSQLD: _named, DATABASE: _kind, ...others } = environment;
    process.env = { ...others, PATH: path, MYSQLD_CACHE: join(tree.root, 'cache'), ...env };
    const binary = findDatabaseServer();
    return binary === null ? 'none' : `${binary.kind} ${binary.path.replace(`${tree.root}/`, '')}`;
  }

  const both = { 'bin/mysqld': mariadb, 'bin/mariadbd': mariadb, 'other/mysqld': mysql, [unpacked]: mysql };

  it('by the PATH, mariadbd before mysqld, where the environment names none', () => {
    expect(found(both, {})).to.equal('mariadb bin/mariadbd');
    expect(found(both, { DATABASE: '', MYSQLD: '' })).to.equal('mariadb bin/mariadbd');
  });

  it('by DATABASE=mysql: a mysqld that is no MariaDB under that name', () => {
    expect(found(both, { DATABASE: 'mysql' })).to.equal('mysql other/mysqld');
  });

  it('by DATABASE=mysql where the PATH has no MySQL: the unpacked one', () => {
    expect(found({ 'bin/mysqld': mariadb, [unpacked]: mysql }, { DATABASE: 'mysql' })).to.equal(`mysql ${unpacked}`);
  });

  it('by DATABASE=mariadb: also a mysqld that is MariaDB, but no MySQL', () => {
    const programs = { 'bin/mysqld': mysql, 'bin/mariadbd': mysql, 'other/mysqld': mariadb };
    // A mariadbd of the machine's own comes before any mysqld.
    expect(found(programs, { DATABASE: 'mariadb' })).to.match(/^mariadb (other\/mysqld|\/.*\/mariadbd)$/);
  });

  it('by MYSQLD, whatever DATABASE is', () => {
    expect(found(both, { DATABASE: 'mariadb', MYSQLD: join(tree.root, unpacked) })).to.equal(`mysql ${unpacked}`);
  });

  it('not at all by any other value of DATABASE', () => {
    expect(() => found(both, { DATABASE: 'oracle' })).to.throw('DATABASE=oracle: the tests run on mariadb or mysql');
  });
});
