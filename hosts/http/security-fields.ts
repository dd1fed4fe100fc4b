import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

/** The directives of every answer; a page adds what it needs. */
export const strictPolicy = ["default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"] as const;

/**
 * Fields of every answer, by whatever host and however it is sent: nothing in it may run, be framed, be guessed at or be kept. Plain
 * http is not upgraded: that is for the proxy in front to say.
 */
export const securityFields: Readonly<Record<string, string>> = Object.freeze({
  'Content-Security-Policy': strictPolicy.join(';'),
  ...helmetFields(),
  'Cache-Control': 'no-store',
});

const fields = Object.entries(securityFields);

export function protectAnswer(response: ServerResponse): void {
  for (const [name, value] of fields) response.setHeader(name, value);
}

/** The fields do not depend on the request: they are computed once. */
function helmetFields(): Record<string, string> {
  const protect = helmet({
    contentSecurityPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    // OWASP ASVS 5.0 §3.4.1. Browsers take it from https alone, so that it holds where the proxy in front terminates TLS.
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: true },
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xFrameOptions: { action: 'deny' },
  });
  const recorded = new Map<string, string>();
  const recorder = { setHeader: (name: string, value: string) => recorded.set(name, value), removeHeader: () => {} };
  // casts: of both it uses nothing but these methods
  protect({} as IncomingMessage, recorder as unknown as ServerResponse, () => {});
  return Object.fromEntries(recorded);
}
