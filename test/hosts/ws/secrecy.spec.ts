import { expect } from 'chai';
import { connect, refusedUpgrade } from './support/ws-client.js';
import { openWsStage } from './support/ws-stage.js';

describe('tokens and tickets', () => {
  it('are in no log line, audit row, metric or response, whatever the way they were presented and the outcome', async () => {
    await using stage = await openWsStage({ handshakesAllowed: 8 });
    const { token, ...session } = await stage.signIn();
    const { ticket } = await stage.issueTicket.execute({ ...session, expiresAt: stage.clock.now() + 600_000 });
    const bad = `${token.slice(0, -4)}AAAA`;
    const answers: unknown[] = [];

    const good: readonly Readonly<Record<string, string>>[] = [{ token }, { ticket }];
    for (const query of good) {
      await using client = await connect(stage.url, { query });
      answers.push(await client.next('welcome'));
      client.say({ type: 'auth', token: bad });
      answers.push(await client.ended);
    }
    const refused: readonly Readonly<Record<string, string>>[] = [{ ticket }, { token: bad }, { token: `${token} \r\nx` }];
    for (const query of refused) {
      await using client = await connect(stage.url, { query });
      answers.push(await client.ended);
    }
    for (const message of [{ type: 'auth', token: bad }, `{"type":"auth","token":"${token}"`, { type: 'auth', token, also: ticket }]) {
      await using client = await connect(stage.url);
      client.say(message);
      answers.push(await client.ended);
    }
    const upgrade = `?token=${token}&ticket=${ticket}`;
    const page = await refusedUpgrade(`${stage.url}${upgrade}`, { origin: 'https://evil.example.org' });
    const nowhere = await refusedUpgrade(`${stage.url}/nowhere${upgrade}`);
    const tooMany = await refusedUpgrade(`${stage.url}${upgrade}`);
    expect([page.status, nowhere.status, tooMany.status]).to.deep.equal([403, 404, 429]);
    answers.push(page, nowhere, tooMany);

    const { logger, database, metrics } = stage;
    const written = JSON.stringify([answers, logger.entries, database.auditEvents, [...metrics.received], metrics.closes]);
    for (const secret of [token, token.slice(-20), bad, ticket, ticket.slice(0, 20)]) expect(written).not.to.include(secret);
    expect(logger.entries.map(({ message }) => message)).to.include.members(['socket opened', 'socket closed']);
    expect(database.auditEvents.map(({ event }) => event)).to.include.members(['ws_connect', 'ws_disconnect', 'rate_limited']);
  });
});
