import type { IncomingMessage } from 'node:http';
import { expect } from 'chai';
import { AuthError } from '../../../core/domain/auth-error.js';
import { metricsReader } from '../../../hosts/http/metrics-reader.js';

const fields = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-anything',
  'x-forwarded',
  'x-real-ip',
  'via',
  'cf-connecting-ip',
  'cf-ray',
  'true-client-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'fastly-client-ip',
  'x-original-forwarded-for',
  'x-envoy-external-address',
  'cdn-loop',
];

function verdictOf(headers: Record<string, string>, trustProxy: readonly string[] = [], remoteAddress = '127.0.0.1') {
  try {
    // a cast: as much of a request as is looked at
    metricsReader({ metricsToken: null, trustProxy })({ headers, socket: { remoteAddress } } as unknown as IncomingMessage);
    return 'admitted';
  } catch (error) {
    return error instanceof AuthError ? error.code : error;
  }
}

describe('The metrics without a token', () => {
  it('are read by a client on this machine, and by no other', () => {
    expect(verdictOf({ host: 'localhost', 'user-agent': 'curl', 'x-request-id': 'a', 'x-form': 'b' })).to.equal('admitted');
    expect(verdictOf({}, [], '::1')).to.equal('admitted');
    expect(verdictOf({}, [], '192.0.2.1')).to.equal('forbidden');
  });

  for (const field of fields) {
    it(`are refused to a request with ${field} from a peer that is not a trusted proxy`, () => {
      for (const value of ['127.0.0.1', '203.0.113.9', '']) {
        expect(verdictOf({ [field]: value }), value).to.equal('forbidden');
        expect(verdictOf({ [field]: value }, ['10.0.0.0/8']), value).to.equal('forbidden');
      }
    });
  }

  it('are read through a trusted proxy by a client on this machine, which X-Forwarded-For names', () => {
    const trusted = ['127.0.0.1'];
    expect(verdictOf({}, trusted)).to.equal('admitted');
    expect(verdictOf({ 'x-forwarded-for': '127.0.0.1', via: '1.1 proxy' }, trusted)).to.equal('admitted');
    expect(verdictOf({ 'x-forwarded-for': '203.0.113.9' }, trusted)).to.equal('forbidden');
    expect(verdictOf({ 'x-real-ip': '203.0.113.9' }, trusted), 'the client is not known').to.equal('forbidden');
  });
});
