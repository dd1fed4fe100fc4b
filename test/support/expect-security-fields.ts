import { expect } from 'chai';

/**
 * Checks the headers that every response of every host has. `isPage`: a documentation file, which may be cached and may load its resources.
 */
export function expectSecurityFields(headers: Headers, where: string, { isPage = false }: { readonly isPage?: boolean } = {}): void {
  expect(headers.get('x-content-type-options'), where).to.equal('nosniff');
  expect(headers.get('referrer-policy'), where).to.equal('no-referrer');
  expect(headers.get('x-frame-options'), where).to.equal('DENY');
  expect(headers.get('strict-transport-security'), where).to.equal('max-age=31536000; includeSubDomains');
  expect(headers.get('cross-origin-resource-policy'), where).to.equal('same-origin');
  expect(headers.get('content-security-policy'), where).to.contain("default-src 'none'").and.contain("frame-ancestors 'none'");
  expect(headers.get('x-request-id'), where).to.match(/^[0-9a-f]{32}$/);
  expect(headers.get('cache-control'), where).to.match(isPage ? /^public, max-age=\d+$/ : /^no-store$/);
}
