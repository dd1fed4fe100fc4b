import { WrongValue } from './text-schema.js';

/**
 * The settings of an encrypted connection. `verify`: `identity` checks the certificate's chain and the host name, `chain` only the chain,
 * `none` nothing. Files are PEM, with absolute paths in a `Config`; null: the system's authorities, no client certificate.
 */
export interface TlsOptions {
  readonly verify: 'identity' | 'chain' | 'none';
  readonly caFile: string | null;
  readonly certFile: string | null;
  readonly keyFile: string | null;
}

type Query = ReadonlyMap<string, string>;

const MODES: ReadonlyMap<string, TlsOptions['verify'] | 'off'> = new Map([
  ['disable', 'off'],
  ['disabled', 'off'],
  ['allow', 'off'],
  ['prefer', 'off'],
  ['preferred', 'off'],
  ['require', 'none'],
  ['required', 'none'],
  ['verify_ca', 'chain'],
  ['verify_full', 'identity'],
  ['verify_identity', 'identity'],
]);

const UNDERSTOOD = [
  'ssl',
  'tls',
  'ssl_mode',
  'sslmode',
  'ssl_disabled',
  'ssl_ca',
  'ssl_ca_certs',
  'ssl_cert',
  'ssl_certfile',
  'ssl_key',
  'ssl_keyfile',
  'ssl_check_hostname',
  'ssl_verify_cert',
  'ssl_verify_identity',
  'ssl_cert_reqs',
];
const NOT_NEEDED = ['ssl_cipher', 'tls_versions', 'tls_ciphersuites'];

/**
 * Returns the TLS settings in the query of a database or Redis URL, by the names of MySQL, PyMySQL, Connector/Python and redis-py; null
 * when there is none. `isRequired`: the scheme already requires TLS.
 * @throws WrongValue for an unknown TLS parameter, since ignoring one could turn off the encryption
 */
export function tlsOptions({ query, isRequired }: { readonly query: Query; readonly isRequired: boolean }): TlsOptions | null {
  const asked = [...query.keys()].filter((name) => /^(ssl|tls)/.test(name) && !NOT_NEEDED.includes(name));
  if (asked.some((name) => !UNDERSTOOD.includes(name))) {
    throw new WrongValue(`wants no TLS parameter but ${UNDERSTOOD.join(', ')}`);
  }
  const mode = modeOf(query);
  const isOff = mode === 'off' || flag(query, 'ssl') === false || flag(query, 'tls') === false || flag(query, 'ssl_disabled') === true;
  if (!isRequired && (isOff || asked.every((name) => name === 'ssl_disabled'))) return null;
  const caFile = query.get('ssl_ca') ?? query.get('ssl_ca_certs') ?? null;
  return {
    verify: mode === null || mode === 'off' ? verifyByFlags(query) : mode === 'none' && caFile !== null ? 'chain' : mode,
    caFile,
    certFile: query.get('ssl_cert') ?? query.get('ssl_certfile') ?? null,
    keyFile: query.get('ssl_key') ?? query.get('ssl_keyfile') ?? null,
  };
}

function modeOf(query: Query): TlsOptions['verify'] | 'off' | null {
  const text = query.get('ssl_mode') ?? query.get('sslmode');
  if (text === undefined) return null;
  const mode = MODES.get(text.toLowerCase().replaceAll('-', '_'));
  if (mode === undefined) throw new WrongValue('wants disabled, required, verify_ca or verify_identity as its ssl_mode');
  return mode;
}

function verifyByFlags(query: Query): TlsOptions['verify'] {
  const needed = query.get('ssl_cert_reqs')?.toLowerCase().replace('cert_', '');
  if (needed === 'none' || flag(query, 'ssl_verify_cert') === false) return 'none';
  const isNameFree = flag(query, 'ssl_check_hostname') === false || flag(query, 'ssl_verify_identity') === false;
  return isNameFree ? 'chain' : 'identity';
}

function flag(query: Query, name: string): boolean | null {
  const text = query.get(name)?.toLowerCase();
  if (text === undefined) return null;
  if (['true', '1', 'yes', 'on'].includes(text)) return true;
  if (['false', '0', 'no', 'off'].includes(text)) return false;
  throw new WrongValue('wants true or false as a TLS switch');
}
