import { readFileSync } from 'node:fs';
import { completeOpenApi } from './complete-openapi.js';
import type { OpenApiDocument } from './openapi-document.js';

/** The description that the generator wrote at build time, completed. */
export function readOpenApi(): OpenApiDocument {
  const generated = readFileSync(new URL('../generated/openapi.json', import.meta.url), 'utf8');
  return completeOpenApi(JSON.parse(generated) as OpenApiDocument);
}
