import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { HmacKeyedDigest } from '../../../adapters/node-crypto/hmac-keyed-digest.js';
import { demoLogin } from '../../../hosts/wiring/demo-accounts.js';
import { startServer } from '../../support/running-server.js';
import { runInTerminal } from '../cli/support/run-in-terminal.js';
import { embeddedStage } from '../support/embedded-stage.js';
import { logIn } from '../support/phone.js';
import { testSecret } from '../support/stage.js';

describe('The files and logs of the embedded default, for another account of the machine,', function () {
  if (process.platform === 'win32') return; // files have no such modes there
  this.timeout(30_000);

  it('is a folder that it cannot enter, and files that it cannot read', async () => {
    await using stage = await embeddedStage();
    await using _server = await startServer({ env: stage.env, cwd: stage.cwd });
    const modeOf = async (path: string) => ((await stat(join(stage.cwd, path))).mode & 0o777).toString(8);
    expect(await modeOf('data')).to.equal('700');
    const files = await readdir(join(stage.cwd, 'data'));
    expect(files).to.include.members(['move-acces.db', 'move-acces.db-wal', 'move-acces.db.secret']);
    for (const file of files) expect(await modeOf(`data/${file}`), file).to.equal('600');
  });

  it('is not the password of the demo account, which only a terminal shows', async () => {
    await using stage = await embeddedStage();
    const env = { ...stage.env, PORT: '0' };
    const login = await (async () => {
      await using server = await startServer({ env, args: ['serve', 'all', '--demo'], cwd: stage.cwd });
      const secret = (await readFile(join(stage.cwd, 'data/move-acces.db.secret'), 'utf8')).trim();
      const { email, password } = demoLogin(new HmacKeyedDigest({ secret }));
      expect((await logIn(server.url, email, password)).status).to.equal(200);
      expect(server.output()).to.include(`A demo login: ${email}, with the password that a start in a terminal shows`);
      expect(server.output()).not.to.include(password);
      return { email, password };
    })();
    const { shown } = await runInTerminal(['serve', 'all', '--demo'], {
      env,
      cwd: stage.cwd,
      typing: [{ after: 'curl -s', type: '\u0003' }],
    });
    expect(shown).to.include(`A demo login: ${login.email}  ${login.password}`);
  });

  it('is warned about where a folder or an .env from before lies open', async () => {
    await using stage = await embeddedStage();
    await mkdir(join(stage.cwd, 'data'));
    await chmod(join(stage.cwd, 'data'), 0o755);
    await writeFile(join(stage.cwd, '.env'), `APP_SECRET=${testSecret}\n`);
    await chmod(join(stage.cwd, '.env'), 0o644);
    await using server = await startServer({ env: stage.env, cwd: stage.cwd });
    expect(server.output()).to.match(/data has mode 0755: others may look into the folder of the database; chmod 700 it$/m);
    expect(server.output()).to.match(/\.env has mode 0644: others may read the secrets in it; chmod 600 it$/m);
  });
});
