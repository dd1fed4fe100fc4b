import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { embeddedStage } from '../../../journeys/support/embedded-stage.js';
import type { Stage } from '../../../journeys/support/stage.js';
import type { BrowserPage } from '../../../support/browser/browser-page.js';
import { type HeadlessBrowser, startBrowser } from '../../../support/browser/headless-browser.js';
import { type RunningServer, startServer } from '../../../support/running-server.js';

const person = { email: 'nina@example.org', password: 'correct horse battery' };

/** One operation of Swagger UI, tried out as a person would. */
class Operation {
  readonly #page: BrowserPage;
  readonly #block: string;

  constructor({ page, tag, id }: { readonly page: BrowserPage; readonly tag: string; readonly id: string }) {
    this.#page = page;
    this.#block = `document.getElementById('operations-${tag}-${id}')`;
  }

  /** Opens it, fills in the body where there is one, and sends it. Returns the status and the body of the response. */
  async try(body?: object): Promise<{ readonly status: string; readonly body: Record<string, unknown> }> {
    const within = (selector: string) => `${this.#block}.querySelector('${selector}')`;
    await this.#page.until(`${this.#block} !== null`);
    await this.#page.run(`${within('.opblock-summary-control')}.click()`);
    await this.#page.until(`${within('.try-out__btn')} !== null`);
    await this.#page.run(`${within('.try-out__btn')}.click()`);
    if (body !== undefined) {
      await this.#page.until(`${within('textarea')} !== null`);
      await this.#page.run(typed(within('textarea'), JSON.stringify(body)));
    }
    await this.#page.until(`${within('.execute')} !== null`);
    await this.#page.run(`${within('.execute')}.click()`);
    const live = within('.live-responses-table');
    const status = await this.#page.until(`${live}?.querySelector('tbody .response-col_status')?.innerText?.trim() ?? ''`, (text) =>
      /^\d{3}/.test(String(text)),
    );
    const text = await this.#page.until(`${live}.querySelector('tbody .response-col_description pre')?.innerText ?? ''`);
    return { status: String(status).slice(0, 3), body: JSON.parse(String(text)) };
  }
}

/** React reads a value after an event for typed input. */
const typed = (element: string, text: string) => `{
  const element = ${element};
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), 'value').set.call(element, ${JSON.stringify(text)});
  element.dispatchEvent(new Event('input', { bubbles: true }));
}`;

describe('The documentation pages in a browser', function () {
  this.timeout(120_000);
  let browser: HeadlessBrowser;
  let stage: Stage;
  let server: RunningServer;
  let pictures: string;
  before(async () => {
    [browser, stage, pictures] = await Promise.all([startBrowser(), embeddedStage(), mkdtemp(join(tmpdir(), 'move-acces-pictures-'))]);
    server = await startServer({ env: stage.env, cwd: stage.cwd });
    await fetch(`${server.url}/auth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...person, first_name: 'Nina' }),
    });
  });
  after(async () => {
    await browser?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
    await stage?.[Symbol.asyncDispose]();
  });

  const picture = async (page: BrowserPage, name: string) => {
    const file = join(pictures, `${name}.png`);
    await page.screenshot(file);
    console.log(`      a picture: ${file}`);
  };
  /** Nothing of another host, nothing that the policy of the page refused, no error. */
  const expectClean = ({ requests, complaints }: BrowserPage) => {
    expect(requests).to.have.length.above(2);
    for (const url of requests) expect(url).to.match(new RegExp(`^(${server.url}/|blob:${server.url}/|data:)`));
    expect(complaints).to.deep.equal([]);
  };

  it('“Try it out” of Swagger UI signs in, and shows the person by the token', async () => {
    const page = await browser.open(`${server.url}/docs`);
    await page.until(`document.querySelectorAll('.opblock').length >= 13`);
    await picture(page, 'swagger-ui');
    const signedIn = await new Operation({ page, tag: 'sign-in', id: 'login' }).try(person);
    expect(signedIn.status).to.equal('200');
    const token = String(signedIn.body.access_token);

    await page.run(`document.querySelector('.btn.authorize').click()`);
    const field = `document.querySelector('.auth-container input')`;
    await page.until(`${field} !== null`);
    await page.run(typed(field, token));
    await page.run(`${field}.closest('.auth-container').querySelector('.btn.authorize').click()`);
    await page.until(`document.querySelector('.auth-container')?.innerText.includes('Logout') ?? false`);
    await picture(page, 'swagger-ui-authorized');
    await page.run(`document.querySelector('.btn.btn-done, .auth-container .btn-done').click()`);

    const me = await new Operation({ page, tag: 'users', id: 'viewProfile' }).try();
    expect(me.status).to.equal('200');
    expect(me.body).to.include({ email: person.email, first_name: 'Nina' });
    await page.run(`document.getElementById('operations-users-viewProfile').scrollIntoView()`);
    await picture(page, 'swagger-ui-users-me');
    expectClean(page);
  });

  it('ReDoc shows every route', async () => {
    const page = await browser.open(`${server.url}/redoc`);
    await page.until(`document.querySelector('[data-role="redoc"], .redoc-wrap')?.innerText.includes('/users/me') ?? false`);
    await picture(page, 'redoc');
    expectClean(page);
  });

  it('a page of a problem explains the action for an app', async () => {
    const page = await browser.open(`${server.url}/problems/refresh_reused`);
    await page.until(`document.body.innerText.includes('Discard the tokens')`);
    await picture(page, 'problem');
    // a browser requests an icon by itself
    expect(page.complaints.filter((complaint) => !complaint.includes('/favicon.ico'))).to.deep.equal([]);
  });

  it('are checked for forbidden requests: an image of another host is detected and blocked', async () => {
    const page = await browser.open(`${server.url}/docs`);
    await page.run(`document.body.append(Object.assign(new Image(), { src: 'https://example.org/pixel.png' }))`);
    for (let tries = 0; page.complaints.length === 0 && tries < 1000; tries += 1)
      await page.run('new Promise((done) => setTimeout(done, 25))');
    expect(page.complaints.join()).to.include('https://example.org/pixel.png').and.include('Content Security Policy');
    expect(() => expectClean(page)).to.throw();
  });
});
