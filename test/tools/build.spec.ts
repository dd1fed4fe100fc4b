import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { copyAssets } from '../../tools/build/copy-assets.js';
import { removeStaleOutput } from '../../tools/build/remove-stale-output.js';
import { temporaryTree } from '../support/temporary-tree.js';

describe('the build', () => {
  it('deletes the output of a source that was renamed or deleted, and nothing else', () => {
    using tree = temporaryTree({
      'core/domain/accounts/user.ts': '',
      'dist/core/domain/accounts/user.js': '',
      'dist/core/domain/accounts/user.js.map': '',
      'dist/core/domain/accounts/user.d.ts': '',
      'dist/core/domain/person.js': '',
      'dist/core/domain/person.js.map': '',
      'dist/core/domain/person.d.ts': '',
      'dist/test/old.spec.js': '',
      'dist/hosts/rest/assets/redoc.standalone.js': '',
      'dist/hosts/rest/generated/openapi.json': '',
      'dist/.tsbuildinfo': '',
    });
    expect(removeStaleOutput(tree.root)).to.have.members([
      'core/domain/person.js',
      'core/domain/person.js.map',
      'core/domain/person.d.ts',
      'test/old.spec.js',
    ]);
    expect(existsSync(join(tree.root, 'dist/core/domain/person.js'))).to.equal(false);
    expect(existsSync(join(tree.root, 'dist/core/domain/accounts/user.js'))).to.equal(true);
    expect(removeStaleOutput(tree.root)).to.deep.equal([]);
  });

  it("puts the API's description, a ReDoc that loads nothing from another host, and the common passwords where they are read from", () => {
    using tree = temporaryTree({
      'hosts/rest/generated/openapi.json': '{"openapi":"3.0.0"}',
      'node_modules/redoc/bundles/redoc.standalone.js': 'img({src:"https://cdn.redoc.ly/redoc/logo-mini.svg"}):null',
      'node_modules/redoc/bundles/redoc.standalone.js.LICENSE.txt': 'MIT',
      'adapters/password-blocklist/assets/common-passwords.txt': 'password\n',
    });
    copyAssets(tree.root);
    expect(readFileSync(join(tree.root, 'dist/adapters/password-blocklist/assets/common-passwords.txt'), 'utf8')).to.equal('password\n');
    const dist = join(tree.root, 'dist/hosts/rest');
    expect(readFileSync(join(dist, 'generated/openapi.json'), 'utf8')).to.equal('{"openapi":"3.0.0"}');
    expect(readFileSync(join(dist, 'assets/redoc.standalone.js'), 'utf8')).to.match(/^img\(\{src:"data:image\/gif;base64,[^"]+"\}\):null$/);
    expect(readFileSync(join(dist, 'assets/redoc.standalone.js.LICENSE.txt'), 'utf8')).to.equal('MIT');
  });
});
