import { isIP } from 'node:net';
import { textSchema, WrongValue } from './text-schema.js';

/** `HOST`: an address (an IPv6 one with or without brackets) or a name. A number alone is neither. */
export const listenHost = textSchema((text): string => {
  const host = text.replace(/^\[(.*)\]$/, '$1');
  const isName = /^(?=.{1,253}$)(?=.*[a-z])[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i.test(host);
  if (isIP(host) === 0 && !isName) throw new WrongValue('wants an address or a host name, such as 127.0.0.1, 0.0.0.0 or ::');
  return host;
});
