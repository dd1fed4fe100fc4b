import { readFileSync } from 'node:fs';
import type { PasswordPolicy } from '../../../core/domain/passwords/password-policy.js';
import { completeOpenApi } from './complete-openapi.js';
import type { OpenApiDocument } from './openapi-document.js';

const defaultPolicy = { minLength: 8 };

/** The OpenAPI document that the generator wrote at build time, completed. */
export function readOpenApi(policy: Pick<PasswordPolicy, 'minLength'> = defaultPolicy): OpenApiDocument {
  const generated = readFileSync(new URL('../generated/openapi.json', import.meta.url), 'utf8');
  return completeOpenApi(JSON.parse(generated) as OpenApiDocument, policy);
}
