/** The files that the pages of the documentation load: served, but not part of the API. */
export const docsAssets = [
  '/docs/init.js',
  '/docs/swagger-ui.css',
  '/docs/swagger-ui-bundle.js',
  '/docs/favicon-32x32.png',
  '/redoc/redoc.standalone.js',
] as const;

/** Paths for operators and developers: no limit counts them, and their requests are logged only at the debug level. */
const systemPaths: ReadonlySet<string> = new Set([
  '/healthz',
  '/readyz',
  '/metrics',
  '/docs',
  '/redoc',
  '/openapi.json',
  '/problems',
  '/problems/{code}',
  ...docsAssets,
]);

/** Takes the template of a path. */
export const isSystemPath = (template: string): boolean => systemPaths.has(template);
