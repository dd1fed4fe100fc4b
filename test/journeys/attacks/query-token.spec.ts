import { expect } from 'chai';
import { connect } from '../../hosts/ws/support/ws-client.js';
import { startServer } from '../../support/running-server.js';
import { embeddedStage } from '../support/embedded-stage.js';
import { registerSomeone } from '../support/phone.js';

describe('An access token in the query of a socket, where that is off', function () {
  this.timeout(30_000);

  it('opens none, and the same token opens one by the Authorization field', async () => {
    await using stage = await embeddedStage({ WS_QUERY_TOKEN: 'off' });
    await using server = await startServer({ env: stage.env, cwd: stage.cwd, args: ['serve', 'all'] });
    const { access_token: token } = await registerSomeone(server.url);
    const url = `${server.url.replace(/^http/, 'ws')}/ws`;
    await using refused = await connect(url, { query: { token } });
    expect(await refused.ended).to.deep.equal({ code: 4505, reason: { code: 'query_token_refused', action: 'fix' } });
    await using client = await connect(url, { token });
    await client.next('welcome');
    expect(server.output()).not.to.include(token);
  });
});
