import type { ServerResponse } from 'node:http';

/** Lets a page load what it needs, from this host alone, and be kept for a while. `sources` are directives of a content security policy. */
export function allowPage(response: ServerResponse, sources: readonly string[]): void {
  const fixed = ["default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"];
  response.setHeader('Content-Security-Policy', [...fixed, ...sources].join('; '));
  response.setHeader('Cache-Control', 'public, max-age=300');
}
