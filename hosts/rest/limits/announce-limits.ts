import type { ServerResponse } from 'node:http';
import type { RateVerdict } from '../../../core/domain/limits/rate-rule.js';

/** Sends the state of a client's limits (draft-ietf-httpapi-ratelimit-headers): one list member for each policy. */
export function announceLimits(response: ServerResponse, verdicts: readonly RateVerdict[]): void {
  if (verdicts.length === 0) return;
  response.setHeader('RateLimit-Policy', verdicts.map(({ rule }) => `"${rule.name}";q=${rule.limit};w=${rule.windowSeconds}`).join(', '));
  response.setHeader(
    'RateLimit',
    verdicts.map(({ rule, remaining, resetSeconds }) => `"${rule.name}";r=${remaining};t=${resetSeconds}`).join(', '),
  );
}
