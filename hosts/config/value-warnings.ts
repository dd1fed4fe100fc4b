import { secretWeakness } from './secret-strength.js';
import type { TlsOptions } from './tls-options.js';
import type { Values } from './variables.js';

/** Returns a line for each value that is used although it protects less than it could. */
export function valueWarnings({ APP_SECRET_PREVIOUS: previous, DB_URL: database, REDIS_URL: redis }: Values): readonly string[] {
  return [
    ...(previous?.some((secret) => secretWeakness(secret.reveal()) !== null) ? [WEAK_PREVIOUS] : []),
    ...unverified('DB_URL', database.kind === 'mysql' ? database.tls : null, 'ssl_mode=verify_identity&ssl_ca=FILE'),
    ...unverified('REDIS_URL', redis?.tls ?? null, 'ssl_cert_reqs=required&ssl_ca_certs=FILE'),
  ];
}

const WEAK_PREVIOUS =
  'APP_SECRET_PREVIOUS: holds a secret that APP_SECRET would refuse; remove it as soon as every live session has been refreshed, at the latest after twice REFRESH_TOKEN_TTL_HOURS';

function unverified(variable: string, tls: TlsOptions | null, instead: string): readonly string[] {
  if (tls?.verify !== 'none') return [];
  return [`${variable}: TLS without a check of the server's certificate: another server can answer in its place; write ?${instead}`];
}
