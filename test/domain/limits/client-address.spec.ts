import { expect } from 'chai';
import { addressScopes, rateSubject } from '../../../core/domain/limits/client-address.js';

describe('The subject of a limiter', () => {
  it('is the address for IPv4, in IPv6 clothing too', () => {
    expect(rateSubject('192.0.2.7')).to.equal('192.0.2.7');
    expect(rateSubject('::ffff:192.0.2.7')).to.equal('192.0.2.7');
  });

  it('is the /64 for IPv6, however it is written', () => {
    for (const ip of [
      '2001:db8:1:2::',
      '2001:db8:1:2::1',
      '2001:0DB8:0001:0002:ffff:ffff:ffff:ffff',
      '2001:db8:1:2:3:4:5:6',
      '2001:db8:1:2:3:4:192.0.2.1',
    ]) {
      expect(rateSubject(ip), ip).to.equal('2001:db8:1:2::/64');
    }
    expect(rateSubject('::1')).to.equal('0:0:0:0::/64');
    expect(rateSubject('2001:db8:1:3::1')).not.to.equal(rateSubject('2001:db8:1:2::1'));
    expect(rateSubject('fe80::1%eth0')).to.equal('fe80:0:0:0::/64');
  });

  it('lies in a /64, a /56 and a /48 if it is IPv6, and in no wider block if it is IPv4', () => {
    const scopes = (ip: string) => addressScopes(ip).map(({ subject, factor }) => `${factor} ${subject}`);
    expect(scopes('192.0.2.7')).to.deep.equal(['1 192.0.2.7']);
    expect(scopes('::ffff:192.0.2.7')).to.deep.equal(['1 192.0.2.7']);
    expect(scopes('2001:db8:1:ab2::7')).to.deep.equal(['1 2001:db8:1:ab2::/64', '4 2001:db8:1:a00::/56', '16 2001:db8:1::/48']);
    expect(scopes('2001:db8::7')).to.deep.equal(['1 2001:db8:0:0::/64', '4 2001:db8:0:0::/56', '16 2001:db8:0::/48']);
    expect(scopes('2001:db8:1:00Ff::')).to.deep.equal(['1 2001:db8:1:ff::/64', '4 2001:db8:1:0::/56', '16 2001:db8:1::/48']);
  });
});
