import type { IncomingHttpHeaders } from 'node:http';

/** Header fields by which proxies, balancers and CDNs name the client, the requested host, or themselves. */
const names: ReadonlySet<string> = new Set([
  'cdn-loop', // RFC 8586
  'client-ip',
  'do-connecting-ip',
  'fastly-client-ip',
  'fly-client-ip',
  'forwarded', // RFC 7239
  'forwarded-for',
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
  'x-cluster-client-ip',
  'x-originating-ip',
  'x-proxyuser-ip',
  'x-real-ip',
  'x-remote-addr',
  'x-remote-ip',
]);

const prefixes = ['cf-', 'x-envoy-', 'x-forwarded', 'x-original-'] as const;

/** Whether the fields of a request (in lower case, as `node:http` has them) show that a proxy passed it on. */
export const isForwarded = (headers: IncomingHttpHeaders): boolean =>
  Object.keys(headers).some((name) => names.has(name) || prefixes.some((prefix) => name.startsWith(prefix)));
