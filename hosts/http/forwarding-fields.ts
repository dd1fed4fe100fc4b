import type { IncomingHttpHeaders } from 'node:http';

/** Headers with which proxies, load balancers and CDNs name the client, the requested host, or themselves. */
const names: ReadonlySet<string> = new Set([
  'cdn-loop', // RFC 8586
  'akamai-origin-hop',
  'client-ip',
  'do-connecting-ip',
  'fastly-client-ip',
  'fly-client-ip',
  'forwarded', // RFC 7239
  'forwarded-for',
  'front-end-https',
  'incap-client-ip',
  'proxy-client-ip',
  'true-client-ip',
  'via', // RFC 9110 §7.6.3
  'wl-proxy-client-ip',
  'x-amz-cf-id',
  'x-amzn-trace-id',
  'x-appengine-user-ip',
  'x-azure-clientip',
  'x-azure-socketip',
  'x-client-ip',
  'x-cloud-trace-context',
  'x-cluster-client-ip',
  'x-host',
  'x-http-host-override',
  'x-nf-client-connection-ip',
  'x-originating-ip',
  'x-remote-addr',
  'x-remote-ip',
  'x-rewrite-url',
  'x-scheme',
  'x-sucuri-clientip',
  'x-url-scheme',
]);

const prefixes = ['cf-', 'x-arr-', 'x-envoy-', 'x-forward', 'x-original-', 'x-proxy', 'x-real-', 'x-vercel-'] as const;

/** Returns whether the headers of a request (in lower case, as in `node:http`) show that a proxy forwarded it. */
export const isForwarded = (headers: IncomingHttpHeaders): boolean =>
  Object.keys(headers).some((name) => names.has(name) || prefixes.some((prefix) => name.startsWith(prefix)));
