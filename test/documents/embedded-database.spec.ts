import { expect } from 'chai';
import { embeddedStage } from '../journeys/support/embedded-stage.js';
import { logIn, registerSomeone } from '../journeys/support/phone.js';
import { startServer } from '../support/running-server.js';
import { fencedBlocks } from './support/fenced-blocks.js';
import { readersShell } from './support/readers-shell.js';

describe('The guide to the embedded database', () => {
  it('shows how to back up a server that runs, and how to restore', async () => {
    await using stage = await embeddedStage();
    const [backup = '', restore = ''] = fencedBlocks('docs/embedded-database.md').map(({ text }) => text);
    const shell = await readersShell(stage);
    const emails: string[] = [];
    {
      await using server = await startServer(stage);
      emails.push((await registerSomeone(server.url)).email);
      await shell.run(backup);
      emails.push((await registerSomeone(server.url)).email);
      await server.stop('SIGKILL');
    }
    await shell.run(restore);
    await using server = await startServer(stage);
    const statuses = await Promise.all(emails.map(async (email) => (await logIn(server.url, email)).status));
    expect(statuses).to.deep.equal([200, 401]);
  }).timeout(30_000);
});
