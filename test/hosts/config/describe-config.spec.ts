import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { expect } from 'chai';
import { describeConfig } from '../../../hosts/config/describe-config.js';
import { loadConfig } from '../../../hosts/config/load-config.js';

describe('describeConfig', () => {
  const secret = randomBytes(32).toString('hex');
  const { config } = loadConfig({
    cwd: '/srv/app',
    env: {
      DB_URL: 'mysql://u:hunter2@h/db',
      REDIS_URL: 'redis://:hunter2@r',
      APP_SECRET: secret,
      METRICS_TOKEN: 'hunter2-Zk3vR8pXwQ1mT6yB-9',
    },
    envFileText: `DOCS=no\nLOGIN_RATE_LIMIT=6/60\nCORS_ORIGINS=https://b.example,https://a.example\nAPP_SECRET_PREVIOUS=${secret},${secret}\n`,
  });
  const rows = Object.fromEntries(describeConfig(config).map(({ variable, ...row }) => [variable, row]));

  it('returns for every variable its value and its source, secrets masked', () => {
    expect(rows).to.deep.include({
      DB_URL: { value: 'mysql://u:[secret]@h:3306/db', origin: 'environment' },
      REDIS_URL: { value: 'redis://:[secret]@r:6379/0', origin: 'environment' },
      APP_SECRET: { value: '[secret]', origin: 'environment' },
      APP_SECRET_PREVIOUS: { value: '[secret],[secret]', origin: '.env' },
      METRICS_TOKEN: { value: '[secret]', origin: 'environment' },
      DOCS: { value: 'off', origin: '.env' },
      LOGIN_RATE_LIMIT: { value: '6/60', origin: '.env' },
      CORS_ORIGINS: { value: 'https://b.example,https://a.example', origin: '.env' },
      PORT: { value: '8000', origin: 'default' },
      TRUST_PROXY: { value: null, origin: 'default' },
      SCHEMA_MAP: { value: null, origin: 'default' },
    });
  });

  it('returns the real path of the embedded database', () => {
    const byDefault = loadConfig({ cwd: '/srv/app', env: {}, envFileText: '' }).config;
    expect(describeConfig(byDefault)[0]).to.deep.equal({
      variable: 'DB_URL',
      value: 'sqlite:/srv/app/data/move-acces.db',
      origin: 'default',
    });
  });

  it('leaves no secret in any print of the whole configuration', () => {
    for (const print of [JSON.stringify(config), inspect(config, { depth: 9, showHidden: true })]) {
      expect(print).not.to.contain('hunter2').and.not.to.contain(secret);
    }
  });
});
