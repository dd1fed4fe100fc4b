import { expect } from 'chai';
import { loadConfig } from '../../../hosts/config/load-config.js';

const warnings = (env: Readonly<Record<string, string>>, envFileText = '') => loadConfig({ env, envFileText }).warnings;
const meant = (name: string): string | undefined => warnings({ [name]: 'x' })[0]?.replace(/^.*mean (.*)\?$/, '$1');

const FOREIGN =
  'PATH HOSTNAME HOME PWD OLDPWD LOGNAME SHLVL USER SHELL TERM LANG LC_ALL TZ TMPDIR TEMP EDITOR VISUAL PAGER MAIL _ HOSTTYPE OSTYPE PS1 ' +
  'LS_COLORS COLORTERM DISPLAY SSH_TTY SSH_CONNECTION XDG_RUNTIME_DIR DBUS_SESSION_BUS_ADDRESS NODE_ENV NODE_OPTIONS NODE_VERSION NODE_PATH ' +
  'NO_COLOR CI DEBUG INIT_CWD npm_config_cache npm_lifecycle_event npm_package_name YARN_VERSION PYTHONPATH VIRTUAL_ENV ' +
  'MYSQL_HOST MYSQL_PORT MYSQL_USER MYSQL_PASSWORD MYSQL_DATABASE MYSQL_ROOT_PASSWORD DB_HOST DB_PORT DB_USER DB_PASSWORD DB_NAME DB_ECHO ' +
  'REDIS_HOST REDIS_PORT REDIS_PASSWORD REDIS_DB APP_NAME APP_ENV APP_PORT APP_HOST APP_DEBUG APP_URL ENV ENVIRONMENT STAGE VERSION ' +
  'SENTRY_DSN SMTP_HOST SMTP_PORT POSTGRES_PORT API_KEY API_URL API_PREFIX ALGORITHM KUBERNETES_PORT KUBERNETES_SERVICE_HOST ' +
  'KUBERNETES_SERVICE_PORT DOCKER_HOST HTTP_PROXY HTTPS_PROXY NO_PROXY AWS_REGION UV_THREADPOOL_SIZE LOG_FILE LOG_FORMAT LOG_PATH GID UID';

describe('the warning about a misspelt variable', () => {
  it('finds one or two wrong letters, other punctuation and other case', () => {
    const typos = {
      ACCES_TOKEN_TTL_MIN: 'ACCESS_TOKEN_TTL_MIN',
      APP_SECERT: 'APP_SECRET',
      REDIS_URI: 'REDIS_URL',
      DBURL: 'DB_URL',
      DB_ULR: 'DB_URL',
      LOGLEVEL: 'LOG_LEVEL',
      CORS_ORIGIN: 'CORS_ORIGINS',
      WORKER: 'WORKERS',
      PROT: 'PORT',
      METRIC_TOKEN: 'METRICS_TOKEN',
      db_url: 'DB_URL',
      'HASH-QUEUE': 'HASH_QUEUE',
      TRUSTPROXY: 'TRUST_PROXY',
      APP_SECRETS: 'APP_SECRET',
      DOC: 'DOCS',
      accessTokenTtlMin: 'ACCESS_TOKEN_TTL_MIN',
      APP_SECERT_FILE: 'APP_SECRET_FILE',
      DB_URLFILE: 'DB_URL_FILE',
      app_secret_file: 'APP_SECRET_FILE',
    };
    expect(Object.fromEntries(Object.keys(typos).map((name) => [name, meant(name)]))).to.deep.equal(typos);
  });

  it('knows the names in other software for the same setting', () => {
    const names = ['DATABASE_URL', 'JWT_SECRET', 'SECRET_KEY', 'DB_POOL_SIZE', 'ACCESS_TOKEN_EXPIRE_MINUTES'];
    expect(names.map(meant)).to.deep.equal(['DB_URL', 'APP_SECRET', 'APP_SECRET', 'DB_POOL_MAX', 'ACCESS_TOKEN_TTL_MIN']);
  });

  it('ignores such a name once this product’s variable is set, since it may be for that software', () => {
    expect(warnings({ DATABASE_URL: 'x', DB_URL: 'sqlite:./x.db' })).to.deep.equal([]);
    expect(warnings({ SECRET_KEY: 'x' }, 'DATABASE_URL=x\nDB_URL=sqlite:./x.db\n')).to.deep.equal([
      'SECRET_KEY is not read, did you mean APP_SECRET?',
    ]);
  });

  it('looks into .env too, where lower case is read and therefore right', () => {
    expect(warnings({}, 'PROT=1\nport=9000\n')).to.deep.equal(['PROT is not read, did you mean PORT?']);
  });

  it('ignores variables that every machine and container has', () => {
    expect(warnings(Object.fromEntries(FOREIGN.split(' ').map((name) => [name, 'x'])))).to.deep.equal([]);
  });

  it('leaves alone our own names, and names that could garble the line', () => {
    expect(warnings({ HOST: 'localhost', PORT: '1', WS_PORT: '2', WORKERS: '1', DOCS: '', 'POR\nT': 'x' })).to.deep.equal([]);
  });
});
