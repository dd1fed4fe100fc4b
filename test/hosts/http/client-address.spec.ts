import type { IncomingMessage } from 'node:http';
import { expect } from 'chai';
import { clientAddressFinder, isLoopback, parseAddress } from '../../../hosts/http/client-address.js';
import { itInTime } from '../../support/it-in-time.js';

/** A cast: it is all of a request that is looked at. */
const request = (remoteAddress: string | undefined, forwardedFor?: string, more: object = {}) =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwardedFor, ...more } }) as unknown as IncomingMessage;

describe('The address of a client', () => {
  it('is the socket’s, whatever the headers contain, where no proxy is trusted', () => {
    const find = clientAddressFinder([]);
    const fields = {
      forwarded: 'for=203.0.113.9',
      'x-real-ip': '203.0.113.9',
      'cf-connecting-ip': '203.0.113.9',
      'true-client-ip': '203.0.113.9',
    };
    expect(find(request('127.0.0.1', '203.0.113.9', fields))).to.equal('127.0.0.1');
    expect(find(request('::ffff:192.0.2.1', '203.0.113.9'))).to.equal('192.0.2.1');
    expect(find(request('fe80::1%eth0'))).to.equal('fe80::1');
    expect(find(request(undefined, '203.0.113.9'))).to.equal(null);
  });

  const trusted = ['127.0.0.1', '10.0.0.0/8', 'fd00::/8'];
  const table: [title: string, socket: string, forwarded: string | undefined, client: string][] = [
    ['of the socket without a field', '10.0.0.1', undefined, '10.0.0.1'],
    ['of the socket with an empty field', '10.0.0.1', '', '10.0.0.1'],
    ['of the socket that is no proxy, whatever the field', '192.0.2.1', '203.0.113.9', '192.0.2.1'],
    ['named by the proxy', '10.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['named last, not what the client put before it', '10.0.0.1', '1.1.1.1, 203.0.113.9', '203.0.113.9'],
    ['before a chain of proxies', '10.0.0.1', '1.1.1.1, 203.0.113.9, 10.0.0.3,10.0.0.2', '203.0.113.9'],
    ['named first where all are proxies', '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
    ['of IPv4 in IPv6 clothing, as socket and as entry', '::ffff:10.0.0.1', '::ffff:203.0.113.9', '203.0.113.9'],
    ['of IPv4 in hexadecimal clothing', '::ffff:a00:1', '::ffff:cb00:7109', '203.0.113.9'],
    ['with a port', '10.0.0.1', '203.0.113.9:4711', '203.0.113.9'],
    ['of a proxy with a port is passed over', '10.0.0.1', '203.0.113.9, 10.0.0.7:80', '203.0.113.9'],
    ['of IPv6 with brackets and port', 'fd00::1', '[2001:DB8:0::1]:443', '2001:db8::1'],
    ['of IPv6 with a zone', 'fd00::1', 'fe80::1%eth0', 'fe80::1'],
    ['of the nearest proxy, where the entry is a word', '10.0.0.1', '203.0.113.9, unknown', '10.0.0.1'],
    ['of the nearest proxy, where the entry is obfuscated', '10.0.0.1', '203.0.113.9, _hidden, 10.0.0.2', '10.0.0.2'],
    ['of the nearest proxy, where the entry is empty', '10.0.0.1', '203.0.113.9,', '10.0.0.1'],
    ['of the nearest proxy, where the entry is a name', '10.0.0.1', 'localhost', '10.0.0.1'],
    ['of the nearest proxy, where the entry is no address', '10.0.0.1', '999.1.1.1', '10.0.0.1'],
    ['of the nearest proxy, where the entry would be markup', '10.0.0.1', '<script>', '10.0.0.1'],
  ];
  const find = clientAddressFinder(trusted);
  for (const [title, socket, forwarded, client] of table) {
    it(`is ${title}`, () => expect(find(request(socket, forwarded))).to.equal(client));
  }

  itInTime('is found at once in a field of thousands of entries', () => {
    const startedAt = performance.now();
    expect(find(request('10.0.0.1', `203.0.113.9${', 10.0.0.2'.repeat(1500)}`))).to.equal('203.0.113.9');
    expect(performance.now() - startedAt).to.be.below(200);
  });

  it('requires proxies that are addresses', () => {
    for (const wrong of ['loopback', 'proxy.internal', '10.0.0.0/33', '']) expect(() => clientAddressFinder([wrong]), wrong).to.throw();
  });
});

describe('An address', () => {
  it('is read in the forms that proxies write, and in one form only is it kept', () => {
    const forms: Record<string, string | null> = {
      ' 192.0.2.1 ': '192.0.2.1',
      '192.0.2.1:65535': '192.0.2.1',
      '2001:0DB8:0000::0001': '2001:db8::1',
      '[::1]': '::1',
      '[::1%lo]:80': '::1',
      '::ffff:192.0.2.1': '192.0.2.1',
      '::FFFF:c000:0201': '192.0.2.1',
      '[192.0.2.1]': null,
      '192.0.2.1:': null,
      '192.0.2.1:80:80': null,
      '[::1': null,
      '192.0.2': null,
      '0x7f.0.0.1': null,
      '192.0.2.01': null,
      '': null,
    };
    for (const [text, address] of Object.entries(forms)) expect(parseAddress(text), text).to.equal(address);
  });

  it('is of this machine or not', () => {
    expect(['127.0.0.1', '127.9.9.9', '::1'].every(isLoopback)).to.equal(true);
    expect([null, '10.0.0.1', '::2', '128.0.0.1', '2001:db8::127'].some(isLoopback)).to.equal(false);
  });
});
