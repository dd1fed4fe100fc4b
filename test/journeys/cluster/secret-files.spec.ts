import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { noteEnvironment } from '../../support/secrets/used-secrets.js';
import { eventually, registerSomeone } from '../support/phone.js';
import { serverStage } from '../support/server-stage.js';
import { startCrew, timeoutMs } from './support/start-crew.js';

describe('Workers whose secrets are in files', function () {
  this.timeout(60_000);

  it('have the secrets that the primary read, also a later worker, when the files have changed meanwhile', async () => {
    await using stage = await serverStage();
    noteEnvironment(stage.env);
    const { APP_SECRET = '', DB_URL = '', ...env } = stage.env;
    const files = { APP_SECRET_FILE: join(stage.cwd, 'secret'), DB_URL_FILE: join(stage.cwd, 'url') };
    await writeFile(files.APP_SECRET_FILE, `${APP_SECRET}\n`, { mode: 0o600 });
    await writeFile(files.DB_URL_FILE, DB_URL, { mode: 0o600 });
    await using crew = await startCrew({ env: { ...env, ...files }, cwd: stage.cwd });
    expect(crew.output()).not.to.match(/_FILE/);
    const phone = await registerSomeone(crew.url);

    for (const file of Object.values(files)) await writeFile(file, 'half a wri');
    const before = crew.pidOf(1);
    process.kill(before, 'SIGKILL');
    await eventually(
      async () => crew.pidOf(1),
      (pid) => pid !== before,
      timeoutMs,
    );
    for (let turn = 0; turn < 4; turn += 1) {
      const { status } = await crew.ask('GET', '/users/me', { token: phone.access_token });
      expect(status).to.equal(200);
    }
  });
});
