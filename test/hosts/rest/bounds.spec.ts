import { EventEmitter } from 'node:events';
import { createServer, type Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { boundConnections, connectionsPerAddress } from '../../../hosts/http/bound-connections.js';
import { itInTime } from '../../support/it-in-time.js';
import { startRest } from './support/rest-harness.js';

/** A connection from anywhere, as far as it is looked at. */
class FakeSocket extends EventEmitter {
  isDestroyed = false;
  readonly remoteAddress: string;

  constructor(remoteAddress: string) {
    super();
    this.remoteAddress = remoteAddress;
  }

  destroy(): void {
    this.isDestroyed = true;
  }
}

describe('Connections', () => {
  let server: Server;
  beforeEach(() => {
    server = createServer();
    boundConnections(server, ['10.0.0.0/8']);
  });

  const connect = (address: string): FakeSocket => {
    const socket = new FakeSocket(address);
    // Only what bounds connections listens here: the server's own listener wants a real socket.
    server.listeners('connection').at(-1)?.call(server, socket);
    return socket;
  };
  const connectAll = (addresses: (index: number) => string, count: number) =>
    Array.from({ length: count }, (_, index) => connect(addresses(index)));
  const cut = (sockets: readonly FakeSocket[]) => sockets.filter(({ isDestroyed }) => isDestroyed).length;

  it('of one address are closed above the limit, and are accepted again as others end', () => {
    const open = connectAll(() => '192.0.2.1', connectionsPerAddress);
    expect(cut(open)).to.equal(0);
    expect(cut([connect('192.0.2.1'), connect('::ffff:192.0.2.1')])).to.equal(2);
    expect(cut([connect('192.0.2.2')])).to.equal(0);
    open[0]?.emit('close');
    expect(cut([connect('192.0.2.1')])).to.equal(0);
    expect(cut([connect('192.0.2.1')])).to.equal(1);
  });

  it('of one /64 are those of one client', () => {
    expect(cut(connectAll((index) => `2001:db8::${index.toString(16)}`, connectionsPerAddress + 3))).to.equal(3);
    expect(cut([connect('2001:db8:0:1::1')])).to.equal(0);
  });

  it('of this machine and of trusted proxies are not counted', () => {
    for (const address of ['127.0.0.1', '::1', '10.1.2.3', '::ffff:10.1.2.3']) {
      expect(cut(connectAll(() => address, connectionsPerAddress + 1)), address).to.equal(0);
    }
  });
});

describe('A response that does not arrive', () => {
  itInTime('is 503 within three seconds, and the later result of the work is not sent', async () => {
    await using rest = await startRest();
    Object.assign(rest.services.refreshSession, { execute: () => delay(4000, { broken: 'late' }) });
    const startedAt = performance.now();
    const { status, body, headers } = await rest.api.request('POST', '/auth/refresh', { body: { refresh_token: 'any' } });
    expect(performance.now() - startedAt).to.be.within(2000, 4000);
    expect([status, body.code, body.action, headers.get('retry-after')]).to.deep.equal([503, 'dependency_unavailable', 'retry', '2']);
    await delay(4200 - (performance.now() - startedAt));
    expect(rest.logger.entries.filter(({ level }) => level === 'error')).to.deep.equal([]);
  });
});

describe('Clients that all seem to have one address', () => {
  const warnings = ({ logger }: Awaited<ReturnType<typeof startRest>>) =>
    logger.entries.filter(({ message }) => message.includes('TRUST_PROXY'));

  it('are warned of once, as a proxy is likely to stand in front', async () => {
    await using rest = await startRest();
    for (let count = 0; count < 120; count += 1) {
      await rest.api.request('GET', '/users/me', { headers: { 'x-forwarded-for': `192.0.2.${count % 7}` } });
    }
    expect(warnings(rest)).to.have.lengthOf(1);
  });

  it('are not, where the proxy is trusted, or there is but one client', async () => {
    await using trusting = await startRest({ settings: { trustProxy: ['127.0.0.1'] } });
    await using plain = await startRest();
    for (let count = 0; count < 60; count += 1) {
      await trusting.api.request('GET', '/users/me', { headers: { 'x-forwarded-for': `192.0.2.${count % 7}` } });
      await plain.api.request('GET', '/users/me');
      await plain.api.request('GET', '/healthz', { headers: { 'user-agent': `probe ${count}` } });
    }
    expect([...warnings(trusting), ...warnings(plain)]).to.deep.equal([]);
  });
});
