import { createHash } from 'node:crypto';
import { Router } from 'express';
import { AuthError } from '../../../core/domain/auth-error.js';
import { type ProblemCode, problemAction, problemCodes, problemEntry } from '../../http/problem-catalogue.js';
import { pagePolicy } from './page-policy.js';
import type { ServeFile } from './serve-file.js';
import { StaticFile } from './static-file.js';

/** A page for each problem, at the path of its `type`. */
export function problemRoutes(serveFile: ServeFile): Router {
  const router = Router({ strict: true, caseSensitive: true });
  const pages = new Map(problemCodes.map((code) => [code as string, serveFile(pageFile(() => problemPage(code)))]));
  router.get('/problems', serveFile(pageFile(indexPage)));
  router.get('/problems/:code', (request, response, next) => {
    const servePage = pages.get(request.params.code);
    if (servePage === undefined) throw new AuthError('not_found');
    return servePage(request, response, next);
  });
  return router;
}

const pageFile = (read: () => string) =>
  new StaticFile({ contentType: 'text/html; charset=utf-8', maxAgeSeconds: 300, read, headers: policy });

function problemPage(code: ProblemCode): string {
  const { status, title, detail, advice } = problemEntry(code);
  const facts = `<dl><dt>code</dt><dd>${code}</dd><dt>status</dt><dd>${status}</dd><dt>action</dt><dd>${problemAction(code)}</dd></dl>`;
  return htmlPage(
    title,
    `${facts}<p>${detail}</p><h2>What an app should do</h2><p>${advice}</p><p><a href="../problems">All problems</a></p>`,
  );
}

function indexPage(): string {
  const rows = problemCodes.map((code) => {
    const { status, title } = problemEntry(code);
    return `<tr><td>${status}</td><td><a href="problems/${code}">${code}</a></td><td>${problemAction(code)}</td><td>${title}</td></tr>`;
  });
  return htmlPage('Problems', `<table><tr><th>status</th><th>code</th><th>action</th><th>title</th></tr>${rows.join('')}</table>`);
}

const style =
  'body{font:1rem/1.5 system-ui,sans-serif;max-width:45rem;margin:2rem auto;padding:0 1rem}dt{font-weight:bold}td,th{text-align:left;padding-right:1rem}';

const policy = pagePolicy([`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`]);

/** The texts come from the catalogue, which contains no character with a meaning in HTML. */
const htmlPage = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title><meta name="viewport" content="width=device-width, initial-scale=1"><style>${style}</style></head>
<body><h1>${title}</h1>${body}</body>
</html>
`;
