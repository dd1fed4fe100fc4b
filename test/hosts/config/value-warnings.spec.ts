import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { describeConfig } from '../../../hosts/config/describe-config.js';
import { loadConfig } from '../../../hosts/config/load-config.js';

const secret = randomBytes(32).toString('hex');
const load = (env: Readonly<Record<string, string>>) => loadConfig({ env: { APP_SECRET: secret, ...env }, envFileText: '' });

describe('A value that protects less than it could', () => {
  it('is reported by a warning where TLS checks no certificate, with the correct value, and config show shows it', () => {
    const { config, warnings } = load({
      DB_URL: 'mysql+asyncmy://u:hunter2@h/db?ssl_mode=REQUIRED',
      REDIS_URL: 'rediss://:hunter2@r?ssl_cert_reqs=none',
    });
    const rows = describeConfig(config).map(({ value }) => value);
    expect(rows).to.include.members(['mysql://u:[secret]@h:3306/db?tls=none', 'rediss://:[secret]@r:6379/0?tls=none']);
    expect(warnings).to.deep.equal([
      "DB_URL: TLS without a check of the server's certificate: another server can answer in its place; write ?ssl_mode=verify_identity&ssl_ca=FILE",
      "REDIS_URL: TLS without a check of the server's certificate: another server can answer in its place; write ?ssl_cert_reqs=required&ssl_ca_certs=FILE",
    ]);
  });

  it('is not warned about where TLS checks a certificate, and where there is no TLS', () => {
    for (const query of [
      '',
      '?ssl=true',
      '?ssl_mode=required&ssl_ca=/ca.pem',
      '?ssl_mode=verify_identity&ssl_ca=/ca.pem',
      '?ssl_mode=disabled',
    ]) {
      expect(load({ DB_URL: `mysql://u:p@h/db${query}` }).warnings, query).to.deep.equal([]);
    }
    for (const url of ['redis://r', 'rediss://r', 'rediss://r?ssl_cert_reqs=required&ssl_ca_certs=/ca.pem']) {
      expect(load({ REDIS_URL: url }).warnings, url).to.deep.equal([]);
    }
  });

  it('is warned about where an earlier secret would not be accepted today', () => {
    expect(load({ APP_SECRET_PREVIOUS: randomBytes(32).toString('base64') }).warnings).to.deep.equal([]);
    const [warning = '', ...others] = load({ APP_SECRET_PREVIOUS: `${secret},w!ll-Th!s-d0-4s-a-k3y-${secret.slice(0, 20)}` }).warnings;
    expect(others).to.deep.equal([]);
    expect(warning).to.match(/^APP_SECRET_PREVIOUS: holds a secret that APP_SECRET would refuse; remove it as soon as/);
    expect(warning).not.to.include(secret.slice(0, 8));
  });
});
