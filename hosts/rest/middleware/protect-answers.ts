import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Security fields for answers that are data: nothing in them may run, be framed or be kept. Pages loosen what they need
 * by `allowPage`. Plain http is not upgraded: that is for the proxy in front to say.
 */
export function protectAnswers(): RequestHandler {
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] },
    },
    referrerPolicy: { policy: 'no-referrer' },
    // For this host alone: what other names under the domain do is not for this service to say.
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: false },
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xFrameOptions: { action: 'deny' },
  });
  return (request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    protect(request, response, next);
  };
}
