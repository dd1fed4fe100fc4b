import { Secret } from './secret.js';
import { textSchema, WrongValue } from './text-schema.js';

/** A token that fits into `Authorization: Bearer` (RFC 6750 §2.1, b64token): any other could never be presented. */
export const bearerToken = textSchema((text): Secret => {
  if (!/^[\w.~+/-]+=*$/.test(text)) throw new WrongValue('wants letters, digits and - . _ ~ + / only, with = at the end');
  return new Secret(text);
});
