import { expect } from 'chai';
import { bytesPerWindow } from '../../../../hosts/rest/pages/file-budget.js';
import { type RestHarness, startRest } from '../support/rest-harness.js';
import { expectProblem, send } from '../support/send.js';

const paths = [
  '/docs',
  '/redoc',
  '/openapi.json',
  '/docs/init.js',
  '/docs/swagger-ui.css',
  '/docs/swagger-ui-bundle.js',
  '/redoc/redoc.standalone.js',
];

describe('The documentation pages', () => {
  let rest: RestHarness;
  before(async () => {
    rest = await startRest();
  });
  after(() => rest[Symbol.asyncDispose]());

  for (const [page, link] of [
    ['/docs', 'Swagger UI'],
    ['/redoc', 'ReDoc'],
  ] as const) {
    it(`of ${link} load everything from this host, and run nothing that stands in the page`, async () => {
      const { text, headers, status } = await send(rest.url, page);
      expect([status, headers.get('content-type')]).to.deep.equal([200, 'text/html; charset=utf-8']);
      expect(text).not.to.match(/https?:|<script>|<script [^>]*>[^<]|\son\w+=|<style/);
      const links = Array.from(text.matchAll(/(?:src|href|spec-url)="([^"]+)"/g), ([, target = '']) => target);
      expect(links).to.have.length.above(2);
      for (const target of links) {
        const url = new URL(target, rest.url + page);
        expect(url.origin).to.equal(rest.url);
        expect((await send(rest.url, url.pathname)).status, url.pathname).to.equal(200);
      }
    });
  }

  it('may load from nowhere else, each by a policy of its own', async () => {
    const policyOf = async (path: string) => (await send(rest.url, path)).headers.get('content-security-policy') ?? '';
    const [docs, redoc] = [await policyOf('/docs'), await policyOf('/redoc')];
    for (const policy of [docs, redoc]) {
      expect(policy).to.contain("default-src 'none'").and.contain("script-src 'self';").and.contain("frame-ancestors 'none'");
      expect(policy).not.to.match(/https?:|\*|unsafe-eval|upgrade-insecure/);
    }
    expect(docs).not.to.contain('blob:');
    expect(redoc).to.contain("worker-src 'self' blob:");
  });

  it('call no validator, and show the document of this host', async () => {
    const { text } = await send(rest.url, '/docs/init.js');
    expect(text)
      .to.contain('validatorUrl: null')
      .and.contain("url: 'openapi.json'")
      .and.not.match(/https?:/);
  });

  it('serve only the files of the package that they load', async () => {
    for (const file of ['index.html', 'swagger-initializer.js', 'package.json', 'swagger-ui-bundle.js.map', '..%2fpackage.json', '']) {
      expectProblem(await send(rest.url, `/docs/${file}`), 'not_found');
    }
  });

  it('are all gone when they are switched off, and the problems stay', async () => {
    await using quiet = await startRest({ settings: { areDocsOn: false } });
    for (const path of paths) {
      expectProblem(await send(quiet.url, path), 'not_found', path);
      expectProblem(await send(quiet.url, path, { method: 'POST' }), 'not_found', path);
    }
    expect((await send(quiet.url, '/problems/not_found')).status).to.equal(200);
  });

  it('may be kept for a while', async () => {
    for (const path of paths) expect((await send(rest.url, path)).headers.get('cache-control'), path).to.match(/^public, max-age=\d+$/);
  });

  it('are sent compressed to clients that take that, with the same text', async () => {
    for (const path of ['/redoc/redoc.standalone.js', '/docs/swagger-ui-bundle.js', '/openapi.json', '/problems']) {
      const [plain, compressed] = await Promise.all(
        ['identity', 'gzip'].map((encoding) => fetch(rest.url + path, { headers: { 'accept-encoding': encoding } })),
      );
      expect(plain?.headers.get('content-encoding'), path).to.equal(null);
      expect(compressed?.headers.get('content-encoding'), path).to.equal('gzip');
      expect(compressed?.headers.get('vary'), path).to.equal('Accept-Encoding');
      expect(Number(compressed?.headers.get('content-length')), path).to.be.below(Number(plain?.headers.get('content-length')) / 2);
      expect(await compressed?.text(), path).to.equal(await plain?.text());
    }
  });

  it('are not sent again to a client that has them', async () => {
    for (const path of [...paths, '/problems', '/problems/not_found']) {
      const etag = (await send(rest.url, path)).headers.get('etag') ?? '';
      expect(etag, path).to.match(/^W\/"[\w-]{22}"$/);
      const again = await send(rest.url, path, { headers: { 'if-none-match': etag } });
      expect([again.status, again.text], path).to.deep.equal([304, '']);
      const head = await send(rest.url, path, { method: 'HEAD' });
      expect([head.status, head.text, head.headers.get('etag')], path).to.deep.equal([200, '', etag]);
    }
  });

  it('are sent to one address up to a limit of bytes a minute, then get 429, while other addresses and the API are served', async () => {
    await using rest = await startRest({ settings: { trustProxy: ['127.0.0.1'] } });
    const from = (ip: string, path = '/redoc/redoc.standalone.js') =>
      send(rest.url, path, { headers: { 'x-forwarded-for': ip, 'accept-encoding': 'identity' } });
    let sent = 0;
    let answer = await from('2001:db8::1');
    for (let count = 0; answer.status === 200 && count < 200; count += 1) {
      sent += answer.text.length;
      answer = await from(`2001:db8::${count.toString(16)}`);
    }
    expect(sent).to.be.within(bytesPerWindow / 2, bytesPerWindow * 1.1);
    expectProblem(answer, 'rate_limited');
    expect(Number(answer.headers.get('retry-after'))).to.be.within(1, 60);
    for (const path of [...paths, '/problems', '/problems/not_found']) expectProblem(await from('2001:db8::1', path), 'rate_limited');
    expect((await from('2001:db8:0:1::1')).status, 'another /64').to.equal(200);
    expect((await from('2001:db8::1', '/users/me')).status).to.equal(401);
    rest.clock.advance(60_000);
    expect((await from('2001:db8::1')).status, 'a minute later').to.equal(200);
  });
});
