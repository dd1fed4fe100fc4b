import { createHash } from 'node:crypto';
import { type Response, Router } from 'express';
import { AuthError } from '../../../core/domain/auth-error.js';
import { actions, type ErrorCode, errorCodes } from '../../../core/domain/error-code.js';
import { problemEntry } from '../problem/problem-catalogue.js';
import { allowPage } from './allow-page.js';

/** A page for each problem: what its `type` points to. */
export function problemRoutes(): Router {
  const router = Router({ strict: true, caseSensitive: true });
  const pages = new Map(errorCodes.map((code) => [code as string, problemPage(code)]));
  router.get('/problems', (_request, response) => send(response, indexPage()));
  router.get('/problems/:code', (request, response) => {
    const page = pages.get(request.params.code);
    if (page === undefined) throw new AuthError('not_found');
    send(response, page);
  });
  return router;
}

function send(response: Response, page: string): void {
  allowPage(response, [`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`]);
  response.send(page);
}

function problemPage(code: ErrorCode): string {
  const { status, title, detail, advice } = problemEntry(code);
  const facts = `<dl><dt>code</dt><dd>${code}</dd><dt>status</dt><dd>${status}</dd><dt>action</dt><dd>${actions[code]}</dd></dl>`;
  return htmlPage(
    title,
    `${facts}<p>${detail}</p><h2>What an app should do</h2><p>${advice}</p><p><a href="../problems">All problems</a></p>`,
  );
}

function indexPage(): string {
  const rows = errorCodes.map((code) => {
    const { status, title } = problemEntry(code);
    return `<tr><td>${status}</td><td><a href="problems/${code}">${code}</a></td><td>${actions[code]}</td><td>${title}</td></tr>`;
  });
  return htmlPage('Problems', `<table><tr><th>status</th><th>code</th><th>action</th><th>title</th></tr>${rows.join('')}</table>`);
}

const style =
  'body{font:1rem/1.5 system-ui,sans-serif;max-width:45rem;margin:2rem auto;padding:0 1rem}dt{font-weight:bold}td,th{text-align:left;padding-right:1rem}';

/** The texts come from the catalogue, which holds no character that HTML would read. */
const htmlPage = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title><meta name="viewport" content="width=device-width, initial-scale=1"><style>${style}</style></head>
<body><h1>${title}</h1>${body}</body>
</html>
`;
