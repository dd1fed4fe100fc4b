import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { expect } from 'chai';
import { type VariableName, variables } from '../../../hosts/config/variables.js';
import { publishedValues } from './support/published-values.js';

function read(name: VariableName, text: string): unknown {
  const result = variables[name].schema.safeParse(text);
  return result.success ? result.data : `refused: ${result.error.issues[0]?.message}`;
}

function expectRefused(name: VariableName, texts: readonly string[], reason: RegExp): void {
  for (const text of texts)
    expect(String(read(name, text)), text)
      .to.match(/^refused: wants /)
      .and.to.match(reason);
}

describe('the values of variables', () => {
  it('accepts whole numbers in Python’s notation, within bounds', () => {
    expect(['0', '65535', '+80', '8_000', '80.0'].map((text) => read('PORT', text))).to.deep.equal([0, 65_535, 80, 8_000, 80]);
    expectRefused('PORT', ['65536', '-1', '1.5', '0x50', '1e3', 'eighty', '8 0', '_1', 'constructor', '9'.repeat(400)], /from 0 to 65535$/);
    expectRefused('PASSWORD_MIN_LENGTH', ['7', '129'], /from 8 to 128$/);
  });

  it('resolves auto and cores to the cores of the machine', () => {
    expect([read('WORKERS', 'auto'), read('WORKERS', 'AUTO'), read('WORKERS', '4')]).to.deep.equal([
      availableParallelism(),
      availableParallelism(),
      4,
    ]);
    expect(read('HASH_CONCURRENCY', 'cores')).to.equal(availableParallelism());
    expectRefused('WORKERS', ['0', 'cores', '__proto__'], /or auto$/);
  });

  it('accepts unused or seconds as the limit for repeats of a lost response to a refresh', () => {
    const texts = ['unused', 'UNUSED', '0', '60', '315360000'];
    expect(texts.map((text) => read('REFRESH_REPLAY_SECONDS', text))).to.deep.equal(['unused', 'unused', 0, 60, 315_360_000]);
    expectRefused(
      'REFRESH_REPLAY_SECONDS',
      ['315360001', '-1', '1.5', 'used', ' unused', 'off'],
      /a whole number from 0 to 315360000 or unused$/,
    );
  });

  it('takes words in any case and switches as booleans', () => {
    expect([read('CREDENTIAL_WRITES', 'Overlay'), read('LOG_LEVEL', 'CRITICAL')]).to.deep.equal(['overlay', 'fatal']);
    expect(['on', 'True', '1', 'off', 'FALSE', 'no'].map((text) => read('DOCS', text))).to.deep.equal([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    expectRefused('DOCS', ['maybe'], /on or off/);
    expectRefused('CREDENTIAL_WRITES', ['both', 'constructor'], /auto, table, overlay/);
    expectRefused('PASSWORD_BLOCKLIST', ['./passwords.bin', '/etc/passwords', 'on'], /wants builtin or off$/);
  });

  it('takes a rate as requests/seconds', () => {
    expect(read('LOGIN_RATE_LIMIT', '7 / 30')).to.deep.equal({ limit: 7, windowSeconds: 30 });
    expectRefused('LOGIN_RATE_LIMIT', ['5', '5/minute', '0/60', '5/0', '-5/60', '5/60/2', '5/86401'], /requests\/seconds/);
  });

  it('takes addresses and CIDR blocks of both families as proxies', () => {
    expect(read('TRUST_PROXY', '10.0.0.0/8, ::1 ,FD00::/8,192.168.1.7,::1')).to.deep.equal([
      '10.0.0.0/8',
      '::1',
      'fd00::/8',
      '192.168.1.7',
    ]);
    expectRefused(
      'TRUST_PROXY',
      ['10.0.0.0/33', 'fd00::/129', '10.0.0/8', 'true', '1', 'proxy.local', '10.0.0.1/8/8', '10.0.0.1/', 'fe80::1%eth0'],
      /CIDR/,
    );
    expectRefused('TRUST_PROXY', ['0.0.0.0/0', '10.0.0.1,::/0'], /your own proxies/);
  });

  it('accepts other spellings of proxies by their meaning', () => {
    const meant: Readonly<Record<string, readonly string[]>> = {
      loopback: ['127.0.0.0/8', '::1'],
      'Loopback, linklocal': ['127.0.0.0/8', '::1', '169.254.0.0/16', 'fe80::/10'],
      uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
      '10.0.0.1/8': ['10.0.0.0/8'],
      '10.1.2.3/255.255.0.0': ['10.1.0.0/16'],
      '10.0.0.0 / 8 ; 192.168.1.7  FD00::1': ['10.0.0.0/8', '192.168.1.7', 'fd00::1'],
      '["10.0.0.0/8", "::1"]': ['10.0.0.0/8', '::1'],
      '::ffff:10.0.0.0/104': ['10.0.0.0/8'],
      '::FFFF:192.0.2.7': ['192.0.2.7'],
      '0:0:0:0:0:ffff:c000:0200/120': ['192.0.2.0/24'],
      '[2001:db8::1]': ['2001:db8::1'],
      '2001:0DB8:0::/32,2001:db8::/32': ['2001:db8::/32'],
      '2001:db8:ffff::1/33': ['2001:db8:8000::/33'],
      '192.0.2.1/31,192.0.2.1/32': ['192.0.2.0/31', '192.0.2.1/32'],
    };
    for (const [text, blocks] of Object.entries(meant)) expect(read('TRUST_PROXY', text), text).to.deep.equal(blocks);
    for (const none of ['false', 'off', 'None', '0']) expect(read('TRUST_PROXY', none), none).to.deep.equal([]);
  });

  it('explains what to write instead of a spelling without an address', () => {
    expectRefused('TRUST_PROXY', ['true', 'yes', '1', '2', '10.0.0.1,2'], /which proxies are yours, .* loopback, linklocal, uniquelocal$/);
    expectRefused('TRUST_PROXY', ['*', 'all', '0.0.0.0/0.0.0.0', '::ffff:0:0/96', '::/0'], /your own proxies/);
    expectRefused('TRUST_PROXY', ['private_ranges', 'private'], /uniquelocal or CIDR blocks/);
    expectRefused('TRUST_PROXY', ['fe80::1%eth0'], /without a zone: fe80::1$/);
    expectRefused('TRUST_PROXY', ['10.0.0.1:8080', '[2001:db8::1]:443'], /without a port: (10\.0\.0\.1|2001:db8::1)$/);
    expectRefused('TRUST_PROXY', ['proxy.local', 'nginx'], /not host names/);
    expectRefused('TRUST_PROXY', ['10.0.0.0 255.0.0.0'], /10\.0\.0\.0\/255\.0\.0\.0$/);
    expectRefused('TRUST_PROXY', ['10.0.0.0/255.0.255.0', '10.0.0.0/0.255.255.255', '10.0.0.0-10.0.0.9', '10.0.*', '010.0.0.1'], /CIDR/);
  });

  it('accepts exact origins in the form of browsers', () => {
    expect(read('CORS_ORIGINS', 'https://App.Example.com:443,http://localhost:3000, capacitor://Localhost')).to.deep.equal([
      'https://app.example.com',
      'http://localhost:3000',
      'capacitor://localhost',
    ]);
    expectRefused(
      'CORS_ORIGINS',
      [
        'https://a.example/',
        'https://a.example/x',
        'a.example',
        'https://u@a.example',
        'https://a?b',
        'null',
        'file:///x',
        'https://a:99999',
      ],
      /exact origins/,
    );
    expectRefused('CORS_ORIGINS', ['*', 'https://*.example.com', 'https://a.example,*'], /every site/);
  });

  it('takes an address or a name to listen on', () => {
    expect(['0.0.0.0', '::', '[::1]', 'localhost'].map((text) => read('HOST', text))).to.deep.equal(['0.0.0.0', '::', '::1', 'localhost']);
    expectRefused('HOST', ['8000', 'http://localhost', 'a b', '256.0.0.1', '*', '-x'], /host name/);
  });

  it('takes only a metrics token that a header can carry', () => {
    expect(String(read('METRICS_TOKEN', 'Zk3vR8pXwQ1mT6yB-._~+/=='))).to.equal('[secret]');
    expectRefused('METRICS_TOKEN', ['two words', 'é', 'a=b'], /letters, digits/);
  });

  it('takes only a metrics token that is long and random', () => {
    const weak = [
      'a',
      randomBytes(16).toString('hex').slice(0, 21),
      'a'.repeat(40),
      'prometheus-scrape-token-2024',
      'my-metrics-token-for-prod-server',
    ];
    weak.push(
      '0123456789abcdefghijklmnop',
      'change-me-0f8a63be91c44d27',
      'Zk3vR8pXwQ1'.repeat(3),
      publishedValues['RFC 7515 appendix A.1']?.[0] ?? '',
    );
    expectRefused('METRICS_TOKEN', weak, /^refused: wants at least 22 random characters: openssl rand -hex 16 makes them$/);
    for (let round = 0; round < 2000; round += 1) {
      const bytes = randomBytes(16);
      const tokens = [bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url')];
      for (const token of tokens) expect(String(read('METRICS_TOKEN', token)), token).to.equal('[secret]');
    }
  });
});
