import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Router } from 'express';
import type { OpenApiDocument } from '../openapi/openapi-document.js';
import { docsAssets } from '../operations/system-paths.js';
import { pagePolicy } from './page-policy.js';
import type { ServeFile } from './serve-file.js';
import { StaticFile } from './static-file.js';

const pageSeconds = 300;
const assetSeconds = 3600;

const sources = [
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
];

/**
 * `/openapi.json` and two pages that show it. All URLs in them are relative: they work under any path of a proxy. Of the files of Swagger
 * UI only `docsAssets` are served, because others refer to other hosts.
 */
export function docsRoutes(document: OpenApiDocument, serveFile: ServeFile): Router {
  const router = Router({ strict: true, caseSensitive: true });
  const page = (text: string, policy: readonly string[]) =>
    new StaticFile({
      contentType: 'text/html; charset=utf-8',
      maxAgeSeconds: pageSeconds,
      read: () => text,
      headers: pagePolicy(policy),
    });
  router.get('/openapi.json', serveFile(descriptionOf(document)));
  router.get('/docs', serveFile(page(swaggerUiPage, sources)));
  router.get('/redoc', serveFile(page(redocPage, [...sources, "worker-src 'self' blob:", "child-src 'self' blob:"])));
  for (const path of docsAssets) router.get(path, serveFile(assetOf(path)));
  return router;
}

const descriptionOf = (document: OpenApiDocument) =>
  new StaticFile({
    contentType: 'application/json; charset=utf-8',
    maxAgeSeconds: pageSeconds,
    read: () => JSON.stringify(document),
  });

function assetOf(path: (typeof docsAssets)[number]): StaticFile {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const contentType = contentTypes[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
  if (path === '/docs/init.js') return new StaticFile({ contentType, maxAgeSeconds: pageSeconds, read: () => swaggerUiStart });
  const file = () => (path.startsWith('/redoc/') ? redocFile : join(swaggerUiFolder(), name));
  return new StaticFile({
    contentType,
    maxAgeSeconds: assetSeconds,
    read: () => readFileSync(file()),
    isCompressible: !contentType.startsWith('image/'),
  });
}

const contentTypes: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  png: 'image/png',
};

const redocFile = fileURLToPath(new URL('../assets/redoc.standalone.js', import.meta.url));

/** The folder of the files of `swagger-ui-express`, which the package serves only from the disk. */
function swaggerUiFolder(): string {
  const fromHere = createRequire(import.meta.url);
  return dirname(createRequire(fromHere.resolve('swagger-ui-express')).resolve('swagger-ui-dist/package.json'));
}

const swaggerUiPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Move Acces: the API</title>
<link rel="stylesheet" href="docs/swagger-ui.css">
<link rel="icon" href="docs/favicon-32x32.png">
</head>
<body>
<div id="swagger-ui"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/init.js"></script>
</body>
</html>
`;

/** Without a validator: its badge would send the document to another host. */
const swaggerUiStart = `SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
});
`;

const redocPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Move Acces: the API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="docs/favicon-32x32.png">
</head>
<body>
<redoc spec-url="openapi.json"></redoc>
<script src="redoc/redoc.standalone.js"></script>
</body>
</html>
`;
