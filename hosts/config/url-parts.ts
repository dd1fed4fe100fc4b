/** The parts of a URL. User, password and path are percent-decoded, the names of the query are lower case with `_`. */
export interface UrlParts {
  readonly scheme: string;
  readonly user: string | null;
  readonly password: string | null;
  /** `host:port`, or a comma list of them, as written. */
  readonly authority: string;
  /** The text after the slash that follows the authority; null without that slash. */
  readonly path: string | null;
  readonly query: ReadonlyMap<string, string>;
}

/**
 * Splits `scheme://user:password@authority/path?query` as SQLAlchemy's `make_url` does: a password may contain any character but `@`, so
 * also `/`, `#` and `?`, at which the WHATWG parser stops. Null when the text has no such form.
 */
export function splitUrl(text: string): UrlParts | null {
  const match = /^([a-z][a-z0-9+.-]*):\/\/(?:([^:/@]*)(?::([^@]*))?@)?([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/is.exec(text);
  if (match === null) return null;
  const [, scheme = '', user, password, authority = '', path, query = ''] = match;
  return {
    scheme: scheme.toLowerCase(),
    user: user === undefined || user === '' ? null : percentDecoded(user),
    password: password === undefined ? null : percentDecoded(password),
    authority,
    path: path === undefined ? null : percentDecoded(path),
    query: new Map([...new URLSearchParams(query)].map(([name, value]) => [name.toLowerCase().replaceAll('-', '_'), value])),
  };
}

/** Like Python's `unquote`: an invalid escape stays as it is, bytes that are not UTF-8 become U+FFFD. */
function percentDecoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'));
}
