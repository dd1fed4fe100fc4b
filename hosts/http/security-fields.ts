import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

/** The directives of every response; a page adds the ones that it needs. */
export const strictPolicy = ["default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"] as const;

/**
 * Headers of every response, by any host and however it is sent: its content may not run, be framed, be sniffed or be stored. Plain HTTP is
 * not upgraded: that is for the proxy in front to decide.
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

/** The headers do not depend on the request: they are computed once. */
function helmetFields(): Record<string, string> {
  const protect = helmet({
    contentSecurityPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    // OWASP ASVS 5.0 §3.4.1. Browsers accept it only over https, so that it applies where the proxy in front terminates TLS.
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: true },
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xFrameOptions: { action: 'deny' },
  });
  const recorded = new Map<string, string>();
  const recorder = { setHeader: (name: string, value: string) => recorded.set(name, value), removeHeader: () => {} };
  // casts: `protect` uses only these methods of both
  protect({} as IncomingMessage, recorder as unknown as ServerResponse, () => {});
  return Object.fromEntries(recorded);
}
