import type { OpenApiDocument, OperationObject } from './openapi-document.js';

const unchanged = { 304: { description: 'Unchanged' } };

const html = (description: string) => ({ 200: { description, content: { 'text/html': { schema: { type: 'string' } } } }, ...unchanged });

const page = (operationId: string, summary: string): { readonly get: OperationObject } => ({
  get: { operationId, summary, tags: ['system'], security: [], parameters: [], responses: html('A page'), 'x-refusals': ['rate_limited'] },
});

/** Paths of the documentation, which `areDocsOn` may hide. */
export const docsPaths = ['/docs', '/redoc', '/openapi.json'] as const;

/** Paths that are served without a controller. Their responses are not this API's JSON. */
export const handMadePaths: OpenApiDocument['paths'] = {
  '/metrics': {
    get: {
      operationId: 'metrics',
      summary: 'Show the metrics, in the format of Prometheus',
      description:
        'Needs the `METRICS_TOKEN` of the deployment. Without one, only clients on the same machine may read it, and no request that a proxy outside `TRUST_PROXY` forwards.',
      tags: ['system'],
      security: [{ metricsToken: [] }, {}],
      parameters: [],
      responses: { 200: { description: 'The metrics', content: { 'text/plain': { schema: { type: 'string' } } } } },
      'x-refusals': ['token_missing', 'token_invalid', 'forbidden'],
    },
  },
  '/docs': page('swaggerUi', 'Show this description with Swagger UI'),
  '/redoc': page('redoc', 'Show this description with ReDoc'),
  '/openapi.json': {
    get: {
      operationId: 'openapi',
      summary: 'This description',
      tags: ['system'],
      security: [],
      parameters: [],
      responses: {
        200: { description: 'OpenAPI 3.0', content: { 'application/json': { schema: { type: 'object', additionalProperties: true } } } },
        ...unchanged,
      },
      'x-refusals': ['rate_limited'],
    },
  },
  '/problems': page('problems', 'List every problem'),
  '/problems/{code}': {
    get: {
      ...page('problem', 'Explain a problem').get,
      description: 'The page that the `type` of a problem names: what happened, and what an app should do.',
      parameters: [{ name: 'code', in: 'path', required: true, schema: { type: 'string' } }],
      'x-refusals': ['not_found', 'rate_limited'],
    },
  },
};
