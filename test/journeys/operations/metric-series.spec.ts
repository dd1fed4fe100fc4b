import { request } from 'node:http';
import { expect } from 'chai';
import { startServer } from '../../support/running-server.js';
import { seededNumbers } from '../../support/seeded-numbers.js';
import { embeddedStage } from '../support/embedded-stage.js';

const methods = [
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'HEAD',
  'PROPFIND',
  'REPORT',
  'MKCOL',
  'LINK',
  'PURGE',
  'SEARCH',
  'M-SEARCH',
];
const known = ['/auth/login', '/users/me', '/auth/sessions', '/docs', '/metrics'];
const count = 5000;

describe('The metrics', () => {
  it('grow by fewer than 20 series under 5,000 random paths, methods and agents', async function () {
    this.timeout(120_000);
    await using stage = await embeddedStage({ API_RATE_LIMIT: '1000000/60', LOGIN_RATE_LIMIT: '1000000/60' });
    await using server = await startServer({ env: stage.env, cwd: stage.cwd });
    const series = async () => {
      const text = await (await fetch(`${server.url}/metrics`)).text();
      return new Set(
        text.split('\n').flatMap((line) => (line === '' || line.startsWith('#') ? [] : [line.slice(0, line.lastIndexOf(' '))])),
      );
    };
    const answered = async () => {
      const text = await (await fetch(`${server.url}/metrics`)).text();
      const counts = [...text.matchAll(/^http_requests_total\{.*\} (\d+)$/gm)].map(([, value]) => Number(value));
      return counts.reduce((sum, value) => sum + value, 0);
    };
    const answeredBefore = await answered(); // the scrape itself is a series
    const before = await series();
    const random = seededNumbers(5000);
    const word = () => Math.floor(random() * 2 ** 52).toString(36);
    const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item;
    const path = () =>
      random() < 0.1
        ? `${pick(known)}/${word()}`
        : `/${Array.from({ length: 1 + Math.floor(random() * 4) }, word).join('/')}?${word()}=${word()}`;
    const asked = Array.from({ length: count }, () => ({ path: path(), method: pick(methods), agent: `${word()}/${word()}` }));
    const clients = Array.from({ length: 8 }, async (_, client) => {
      for (const one of asked.filter((_one, index) => index % 8 === client)) await ask(server.url, one);
    });
    await Promise.all(clients);
    const added = [...(await series())].filter((name) => !before.has(name));
    console.log(`      ${added.length} new series`);
    expect(added.length, added.join('\n')).to.be.lessThan(20);
    expect(added.join('\n')).not.to.match(/path|agent/);
    expect((await answered()) - answeredBefore, 'and all are counted').to.be.within(count, count + 5);
  });
});

function ask(
  url: string,
  { path, method, agent }: { readonly path: string; readonly method: string; readonly agent: string },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const asking = request(new URL(path, url), { method, headers: { 'user-agent': agent } }, (answer) => {
      answer.resume().on('end', resolve).on('error', reject);
    });
    asking.on('error', reject).end();
  });
}
