import { expect } from 'chai';
import { type RedisConfig, redisUrl, showRedis } from '../../../hosts/config/redis-url.js';

const open = { username: null, password: null, tls: null };
const verified = { verify: 'identity', caFile: null, certFile: null, keyFile: null };
const passwordOf = (redis: RedisConfig): string | undefined => redis.password?.reveal();

describe('REDIS_URL', () => {
  it('reads one server', () => {
    expect(redisUrl.parse('redis://h')).to.deep.equal({ kind: 'single', host: 'h', port: 6379, db: 0, ...open });
    expect(redisUrl.parse('redis://:6380')).to.deep.include({ host: 'localhost', port: 6380 });
    expect(redisUrl.parse('redis://[::1]:6380/3')).to.deep.include({ host: '::1', port: 6380, db: 3 });
    expect(redisUrl.parse('redis://h?db=2&decode_responses=True')).to.deep.include({ db: 2 });
  });

  it('reads users and passwords, percent-encoded or not', () => {
    const redis = redisUrl.parse('redis://app:p%40/ss#@h:1/0');
    expect([redis.username, passwordOf(redis)]).to.deep.equal(['app', 'p@/ss#']);
    const anonymous = redisUrl.parse('redis://:pw@h');
    expect([anonymous.username, passwordOf(anonymous)]).to.deep.equal([null, 'pw']);
  });

  it('reads TLS', () => {
    expect(redisUrl.parse('rediss://h').tls).to.deep.equal(verified);
    expect(redisUrl.parse('rediss://h?ssl_cert_reqs=CERT_NONE').tls).to.deep.include({ verify: 'none' });
    expect(redisUrl.parse('rediss://h?ssl=false').tls).to.deep.equal(verified);
    expect(redisUrl.parse('rediss-cluster://h?ssl_ca_certs=/ca.pem').tls).to.deep.include({ caFile: '/ca.pem' });
  });

  it('reads a cluster', () => {
    const redis = redisUrl.parse('redis-cluster://:pw@h1:7000,h2, [::1]:7002');
    const nodes = [
      { host: 'h1', port: 7000 },
      { host: 'h2', port: 6379 },
      { host: '::1', port: 7002 },
    ];
    expect(redis).to.deep.include({ kind: 'cluster', nodes });
    expect(passwordOf(redis)).to.equal('pw');
  });

  it('reads sentinels and the name of their master', () => {
    const nodes = [
      { host: 'h1', port: 26_379 },
      { host: 'h2', port: 26_380 },
    ];
    expect(redisUrl.parse('redis-sentinel://h1,h2:26380/my-master')).to.deep.equal({
      kind: 'sentinel',
      nodes,
      masterName: 'my-master',
      db: 0,
      ...open,
    });
    expect(redisUrl.parse('redis-sentinel://h1/m/4')).to.deep.include({ masterName: 'm', db: 4 });
  });

  it('rejects a text that it cannot parse', () => {
    const urls = [
      'h:6379',
      'http://h',
      'redis:h',
      'redis://h:0',
      'redis://h/x',
      'redis://h1,h2',
      'redis://u:p@w@h',
      'redis://h/1/2',
      'redis-cluster://',
      'redis-cluster://h1,,h2',
      'redis-cluster://h/1',
      'redis-sentinel://h1',
      'redis-sentinel://h1/',
      'redis-sentinel:///m',
      'redis-other://h',
      'rediss://h?ssl_odd=1',
    ];
    for (const url of urls) expect(redisUrl.safeParse(url).error?.issues[0]?.message, url).to.match(/^wants /);
  });

  it('shows itself without the password', () => {
    const urls = ['redis://u:hunter2@h/1', 'rediss://h', 'redis-cluster://:hunter2@h1,h2', 'redis-sentinel://h1/m'];
    expect(urls.map((url) => showRedis(redisUrl.parse(url)))).to.deep.equal([
      'redis://u:[secret]@h:6379/1',
      'rediss://h:6379/0?tls=identity',
      'redis-cluster://:[secret]@h1:6379,h2:6379',
      'redis-sentinel://h1:26379/m/0',
    ]);
  });
});
