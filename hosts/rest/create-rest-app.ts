import type { RequestListener } from 'node:http';
import express from 'express';
import { clientAddressFinder } from '../http/client-address.js';
import { hostGuard } from '../http/host-guard.js';
import { requestIdFinder } from '../http/request-id.js';
import { RegisterRoutes } from './generated/routes.js';
import { throttle } from './limits/throttle.js';
import { answerCors } from './middleware/answer-cors.js';
import { answerInTime } from './middleware/answer-in-time.js';
import { logRequests } from './middleware/log-requests.js';
import { openContext } from './middleware/open-context.js';
import { parseBody } from './middleware/parse-body.js';
import { protectAnswers } from './middleware/protect-answers.js';
import { refuseUnknown } from './middleware/refuse-unknown.js';
import { requireOwnHost } from './middleware/require-own-host.js';
import { stripCacheControl } from './middleware/strip-cache-control.js';
import { traceRequests } from './middleware/trace-requests.js';
import { watchAddresses } from './middleware/watch-addresses.js';
import { docsPaths } from './openapi/hand-made-paths.js';
import type { OpenApiDocument } from './openapi/openapi-document.js';
import { readOpenApi } from './openapi/read-openapi.js';
import { metricsRoute } from './operations/metrics-route.js';
import { docsAssets } from './operations/system-paths.js';
import { docsRoutes } from './pages/docs-routes.js';
import { FileBudget } from './pages/file-budget.js';
import { problemRoutes } from './pages/problem-routes.js';
import { fileServer } from './pages/serve-file.js';
import { PathTable } from './path-table.js';
import { answerErrors } from './problem/answer-errors.js';
import type { RestServices, RestSettings } from './rest-services.js';

export type { RestServices, RestSettings } from './rest-services.js';

/** The whole REST interface, as a listener for a server of `node:http`. A request passes the parts in this order. */
export function createRestApp(services: RestServices, settings: RestSettings): RequestListener {
  const document = readOpenApi(services.passwordPolicy);
  const paths = pathTableOf(document, settings);
  services.metrics.routesKnown(routesOf(document));
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.enable('strict routing').enable('case sensitive routing');
  app.locals.services = services;

  const findRequestId = requestIdFinder({ ...services, ...settings });
  app.use(openContext({ findRequestId, paths, findClientAddress: clientAddressFinder(settings.trustProxy) }));
  app.use(logRequests(services));
  app.use(traceRequests(services, settings));
  app.use(protectAnswers);
  app.use(requireOwnHost(hostGuard({ ...services, ...settings })));
  app.use(watchAddresses(services));
  app.use(answerCors(settings.corsOrigins));
  app.use(throttle(services));
  app.use(refuseUnknown);
  app.use(metricsRoute(services, settings));
  app.use(stripCacheControl);
  const serveFile = fileServer(new FileBudget(services));
  app.use(problemRoutes(serveFile));
  if (settings.areDocsOn) app.use(docsRoutes(document, serveFile));
  app.use(parseBody());
  app.use(answerInTime(services));
  RegisterRoutes(app);
  app.use(({ context }) => {
    throw new Error(`${context.known?.template} is listed, and no route answered`);
  });
  app.use(answerErrors(services));
  return app;
}

const routesOf = ({ paths }: OpenApiDocument) =>
  Object.entries(paths).flatMap(([route, operations]) =>
    Object.keys(operations).map((method) => ({ method: method.toUpperCase(), route })),
  );

function pathTableOf({ paths }: OpenApiDocument, { areDocsOn }: RestSettings): PathTable {
  const hidden: readonly string[] = areDocsOn ? [] : docsPaths;
  const described = Object.entries(paths).filter(([path]) => !hidden.includes(path));
  const assets = areDocsOn ? docsAssets.map((path) => [path, { get: {} }] as const) : [];
  return new PathTable(Object.fromEntries([...described, ...assets]));
}
