import { commaList } from './comma-list.js';
import { textSchema, WrongValue } from './text-schema.js';

const WANTED = 'wants a comma list of exact origins, scheme://host[:port] without a path, such as https://app.example.com';

/**
 * `CORS_ORIGINS`: each in the form in which a browser sends it (RFC 6454 §6.2: lower case, no default port), also of
 * an app's own scheme (`capacitor://localhost`); none twice.
 */
export const corsOrigins = textSchema((text): readonly string[] => [...new Set(commaList(text).map(canonicalOrigin))]);

function canonicalOrigin(text: string): string {
  if (text.includes('*')) throw new WrongValue(`${WANTED}: with * every site could act for its visitors`);
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/?#@\\\s]+$/i.test(text) || /^(?:file|wss?|ftp):/i.test(text) || !URL.canParse(text)) {
    throw new WrongValue(WANTED);
  }
  const url = new URL(text);
  return url.origin === 'null' ? `${url.protocol}//${url.host.toLowerCase()}` : url.origin;
}
