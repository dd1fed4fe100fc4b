import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { userId } from '../../../core/domain/ids.js';
import { type HeadlessBrowser, startBrowser } from '../../support/browser/headless-browser.js';
import { projectRoot } from '../../support/project-root.js';
import { openWsStage, type WsStage } from './support/ws-stage.js';

describe('a client in a browser', () => {
  let browser: HeadlessBrowser;
  let pages: Server;
  let pageUrl: string;
  let stage: WsStage;

  before(async () => {
    browser = await startBrowser();
    const script = await readFile(join(projectRoot(), 'examples/websocket-client.mjs'));
    pages = createServer(({ url }, response) => {
      response.setHeader('Content-Type', url === '/client.mjs' ? 'text/javascript' : 'text/html');
      response.end(url === '/client.mjs' ? script : '<!doctype html><title>page</title>');
    });
    pages.listen(0, '127.0.0.1');
    await once(pages, 'listening');
    // a cast: a TCP server that listens has such an address
    pageUrl = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
    stage = await openWsStage({ settings: { corsOrigins: [pageUrl] } });
  }).timeout(60_000);
  after(async () => {
    await stage[Symbol.asyncDispose]();
    await browser[Symbol.asyncDispose]();
    pages.closeAllConnections();
    pages.close();
  });

  it('connects, takes events, renews its token, is revoked, and reads why', async () => {
    const session = await stage.signIn({ seconds: 60 });
    const renewed = await stage.token(session, 900);
    const page = await browser.open(pageUrl);
    await page.run(`import('/client.mjs').then(({ connectLive }) => {
      window.seen = { events: [], asked: [], end: null };
      window.live = connectLive({
        url: ${JSON.stringify(stage.url)},
        getToken: async (why) => (seen.asked.push(why), why === 'renew' ? ${JSON.stringify(renewed)} : ${JSON.stringify(session.token)}),
        onEvent: ({ name, data, offset }) => seen.events.push({ name, data, offset }),
        onGap: () => seen.events.push('gap'),
        onEnd: (reason) => (seen.end = reason),
      });
    })`);
    for (let tries = 0; stage.metrics.sent.get('welcome') !== 1 && tries < 1000; tries++) await delay(25);
    await stage.publishEvent.execute({ to: { kind: 'user', userId: userId('1') }, name: 'order.shipped', data: { id: 'é' }, by: 'server' });
    await page.run(`live.send('typing', true)`);
    const events = await page.until('seen.events', (seen) => Array.isArray(seen) && seen.length === 2);
    expect(events).to.deep.equal([
      { name: 'order.shipped', data: { id: 'é' }, offset: 1 },
      { name: 'typing', data: true, offset: 2 },
    ]);
    stage.clock.advance(40_000);
    for (let tries = 0; stage.metrics.sent.get('authenticated') !== 1 && tries < 1000; tries++) await delay(25);
    expect(await page.run('seen.asked')).to.deep.equal(['connect', 'renew']);
    await stage.revoke(session.sessionId);
    expect(await page.until('seen.end', (end) => end !== null)).to.deep.equal({ code: 'session_revoked', action: 'login' });
  }).timeout(60_000);

  const closeOf = (url: string) =>
    `new Promise((resolve) => { const socket = new WebSocket(${JSON.stringify(url)}); socket.onclose = ({ code, reason }) => resolve({ code, reason }); })`;

  it('reads the close code and the reason of a refusal', async () => {
    const page = await browser.open(pageUrl);
    expect(await page.run(closeOf(`${stage.url}?token=none`))).to.deep.equal({
      code: 4505,
      reason: '{"code":"token_invalid","action":"login"}',
    });
    const { token } = await stage.signIn();
    const opened = `new Promise((resolve) => { window.socket = new WebSocket(${JSON.stringify(`${stage.url}?token=${token}`)}); socket.onmessage = ({ data }) => resolve(JSON.parse(data).type); })`;
    expect(await page.run(opened)).to.equal('welcome');
    await page.run(
      `window.ending = new Promise((resolve) => (socket.onclose = ({ code, reason }) => resolve({ code, reason }))); socket.send('x')`,
    );
    expect(await page.run('ending')).to.deep.equal({ code: 4500, reason: '{"code":"bad_message","action":"fix"}' });
  }).timeout(30_000);

  it('gets nowhere from a page of another origin, which learns nothing but that', async () => {
    const page = await browser.open(pageUrl.replace('127.0.0.1', 'localhost'));
    expect(await page.run('location.origin')).to.equal(pageUrl.replace('127.0.0.1', 'localhost'));
    const { token } = await stage.signIn();
    expect(await page.run(closeOf(`${stage.url}?token=${token}`))).to.deep.equal({ code: 1006, reason: '' });
  }).timeout(30_000);
});
