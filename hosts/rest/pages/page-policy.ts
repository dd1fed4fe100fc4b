import { strictPolicy } from '../../http/security-fields.js';

/** Allows a page to load what it needs, from this host only. `sources` are directives of a content security policy. */
export const pagePolicy = (sources: readonly string[]): Record<string, string> => ({
  'Content-Security-Policy': [...strictPolicy, ...sources].join('; '),
});
