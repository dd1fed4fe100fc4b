import { strictPolicy } from '../../http/security-fields.js';

/** Lets a page load what it needs, from this host alone. `sources` are directives of a content security policy. */
export const pagePolicy = (sources: readonly string[]): Record<string, string> => ({
  'Content-Security-Policy': [...strictPolicy, ...sources].join('; '),
});
