import type { IncomingMessage } from 'node:http';
import { expect } from 'chai';
import { MemoryLogger } from '../../../adapters/memory/operations/memory-logger.js';
import { hostGuard } from '../../../hosts/http/host-guard.js';

interface Request {
  readonly hosts?: readonly string[];
  readonly url?: string;
  readonly localAddress?: string | undefined;
  readonly remoteAddress?: string;
  readonly httpVersion?: string;
}

function judge(request: Request, trustProxy: readonly string[] = [], logger = new MemoryLogger()) {
  const { hosts = ['localhost'], url = '/', remoteAddress = '127.0.0.1', httpVersion = '1.1' } = request;
  const localAddress = 'localAddress' in request ? request.localAddress : '127.0.0.1';
  const rawHeaders = hosts.flatMap((host, index) => [index === 0 ? 'Host' : 'hOST', host]);
  // a cast: as much of a request as is looked at
  return hostGuard({ logger, trustProxy })({ rawHeaders, url, httpVersion, socket: { localAddress, remoteAddress } } as IncomingMessage);
}

describe('On a loopback address, a request', () => {
  const own = [
    'localhost',
    'localhost:8000',
    'LocalHost:1',
    'app.localhost',
    'a.b-c_d.localhost:80',
    '127.0.0.1',
    '127.0.0.1:8000',
    '127.9.8.7',
  ];
  for (const host of [...own, '[::1]', '[::1]:8000', 'localhost:', '10.0.2.2', '10.0.2.2:8000']) {
    it(`for ${host} is served`, () => expect(judge({ hosts: [host] })).to.equal(null));
  }

  const others = [
    'attacker.example',
    'attacker.example:8000',
    'localhost.attacker.example',
    '127.0.0.1.attacker.example',
    'notlocalhost',
    'localhost@attacker.example',
    'attacker.example#localhost',
    'localhost, attacker.example',
    '.localhost',
    '0.0.0.0:8000',
    '[::]:8000',
    '192.168.1.7',
    '10.127.0.1',
    '10.0.2.3:8000',
    '10.0.2.2.attacker.example',
    '1127.0.0.1',
    '',
  ];
  for (const host of others) {
    it(`for "${host}" is refused`, () => expect(judge({ hosts: [host] })).to.equal('forbidden'));
  }

  it('is judged by the whole address too, where the target is one', () => {
    expect(judge({ url: 'http://attacker.example/users/me' })).to.equal('forbidden');
    expect(judge({ url: 'HTTPS://localhost@attacker.example/' })).to.equal('forbidden');
    expect(judge({ url: 'http://127.0.0.1:8000/users/me' })).to.equal(null);
    expect(judge({ url: '/?next=http://attacker.example/' })).to.equal(null);
    expect(judge({ url: 'http://localhost/', hosts: ['attacker.example'] })).to.equal('forbidden');
  });

  it('is refused whether the address is that of IPv4, of IPv6, or the one in the clothing of the other', () => {
    for (const localAddress of ['::1', '127.0.0.2', '::ffff:127.0.0.1']) {
      expect(judge({ localAddress, hosts: ['attacker.example'] }), localAddress).to.equal('forbidden');
      expect(judge({ localAddress }), localAddress).to.equal(null);
    }
  });

  it('of a trusted proxy is served for any host', () => {
    expect(judge({ hosts: ['api.example.org'] }, ['127.0.0.1'])).to.equal(null);
    expect(judge({ hosts: ['api.example.org'] }, ['10.0.0.0/8'])).to.equal('forbidden');
  });
});

describe('On any address, a request', () => {
  it('is malformed with two hosts, and with none but in HTTP/1.0', () => {
    for (const localAddress of ['127.0.0.1', '192.0.2.1']) {
      expect(judge({ localAddress, hosts: ['localhost', 'localhost'] })).to.equal('malformed_request');
      expect(judge({ localAddress, hosts: [] })).to.equal('malformed_request');
      expect(judge({ localAddress, hosts: [], httpVersion: '1.0' })).to.equal(null);
    }
    expect(judge({ hosts: ['attacker.example'], httpVersion: '1.0' })).to.equal('forbidden');
  });

  it('is malformed with two types of content, and served with one', () => {
    const judgeFields = (...rawHeaders: string[]) => {
      const socket = { localAddress: '192.0.2.1', remoteAddress: '192.0.2.2' };
      // a cast: as much of a request as is looked at
      const request = {
        rawHeaders: ['Host', 'a.example', ...rawHeaders],
        url: '/',
        httpVersion: '1.1',
        socket,
      } as unknown as IncomingMessage;
      return hostGuard({ logger: new MemoryLogger(), trustProxy: [] })(request);
    };
    expect(judgeFields('Content-Type', 'application/json')).to.equal(null);
    expect(judgeFields('Content-Type', 'application/json', 'CONTENT-type', 'application/json')).to.equal('malformed_request');
    expect(judgeFields('Content-Type', 'application/json', 'content-type', 'text/plain')).to.equal('malformed_request');
  });

  it('is malformed for a value that is not a host and port (RFC 3986 §3.2.2)', () => {
    const localAddress = '192.0.2.1';
    for (const host of ['a b', 'a@b', 'a/b', 'a#b', 'a?b', 'a, b', 'a:b', 'a:1:2', '[::1', '[::1]x', 'é', '"a"']) {
      expect(judge({ localAddress, hosts: [host] }), host).to.equal('malformed_request');
    }
    for (const host of [
      '',
      'a',
      'a.example.:8000',
      'my_host',
      'a%20b',
      '[2001:db8::1]:80',
      '[fe80::1%25eth0]',
      'xn--bcher-kva.example',
      'a:',
    ]) {
      expect(judge({ localAddress, hosts: [host] }), host).to.equal(null);
    }
  });

  it('that is not of loopback is served for any host, as is one by a socket file', () => {
    expect(judge({ localAddress: '192.0.2.1', hosts: ['attacker.example'] })).to.equal(null);
    expect(judge({ localAddress: undefined, hosts: ['attacker.example'] })).to.equal(null);
  });
});

describe('The first request that is refused for its host', () => {
  it('is warned about with the name of TRUST_PROXY, and no other is', () => {
    const logger = new MemoryLogger();
    const guard = hostGuard({ logger, trustProxy: [] });
    const socket = { localAddress: '127.0.0.1', remoteAddress: '127.0.0.1' };
    // a cast: as much of a request as is looked at
    const request = { rawHeaders: ['Host', 'a.example'], url: '/', httpVersion: '1.1', socket } as unknown as IncomingMessage;
    for (let count = 0; count < 3; count += 1) expect(guard(request)).to.equal('forbidden');
    expect(logger.entries).to.have.lengthOf(1);
    expect(logger.entries[0]).to.include({ level: 'warn' });
    expect(logger.entries[0]?.message).to.include('TRUST_PROXY');
  });
});
