import { fileURLToPath } from 'node:url';
import { type RequestHandler, Router } from 'express';
import swaggerUi from 'swagger-ui-express';
import type { OpenApiDocument } from '../openapi/openapi-document.js';
import { allowPage } from './allow-page.js';

const redocFile = fileURLToPath(new URL('../assets/redoc.standalone.js', import.meta.url));

const sources = [
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
];

/** Files say for how long they may be kept, unless somebody has said it already. */
const forgetCacheControl: RequestHandler = (_request, response, next) => {
  response.removeHeader('Cache-Control');
  next();
};

/**
 * `/openapi.json` and two pages that show it. All addresses in them are relative: they work under any path of a proxy. Of the files
 * of Swagger UI only `docsAssets` are known paths and get here: others point to other hosts.
 */
export function docsRoutes(document: OpenApiDocument): Router {
  const router = Router({ strict: true, caseSensitive: true });
  const [, ...serveSwaggerUi] = swaggerUi.serveWithOptions({ index: false, redirect: false, maxAge: '1h' });
  router.get('/openapi.json', (_request, response) => {
    response.setHeader('Cache-Control', 'public, max-age=300');
    response.json(document);
  });
  router.get('/docs', (_request, response) => {
    allowPage(response, sources);
    response.send(swaggerUiPage);
  });
  router.get('/docs/init.js', (_request, response) => {
    response.setHeader('Cache-Control', 'public, max-age=300');
    response.type('text/javascript').send(swaggerUiStart);
  });
  router.use('/docs', forgetCacheControl, ...serveSwaggerUi);
  router.get('/redoc', (_request, response) => {
    allowPage(response, [...sources, "worker-src 'self' blob:", "child-src 'self' blob:"]);
    response.send(redocPage);
  });
  router.get('/redoc/redoc.standalone.js', forgetCacheControl, (_request, response, next) => {
    response.sendFile(redocFile, { maxAge: '1h' }, (error?: Error) => {
      if (error !== undefined && !response.headersSent) next(error);
    });
  });
  return router;
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

/** Without a validator: its badge would send the description to another host. */
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
