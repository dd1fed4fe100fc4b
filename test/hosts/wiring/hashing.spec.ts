import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { loadConfig } from '../../../hosts/config/load-config.js';
import { shareOfHashing } from '../../../hosts/wiring/hashing.js';

const sharesOf = (env: Readonly<Record<string, string>>) => {
  const { config } = loadConfig({
    env: { REDIS_URL: 'redis://h', DB_URL: 'mysql://u:p@h/d', APP_SECRET: randomBytes(32).toString('hex'), ...env },
    envFileText: '',
  });
  return Array.from({ length: config.http.workers }, (_, index) => {
    const { concurrency, queue } = shareOfHashing(config, { index });
    return [concurrency, queue];
  });
};

describe('The share of a worker in hashing', () => {
  it('adds up to the configured number, each hash assigned to one worker', () => {
    expect(sharesOf({ WORKERS: '3', HASH_CONCURRENCY: '8', HASH_QUEUE: '64' })).to.deep.equal([
      [3, 22],
      [3, 21],
      [2, 21],
    ]);
  });

  it('is one hash at a time at least', () => {
    expect(sharesOf({ WORKERS: '3', HASH_CONCURRENCY: '1', HASH_QUEUE: '0' })).to.deep.equal([
      [1, 0],
      [1, 0],
      [1, 0],
    ]);
  });

  it('is everything for a process that serves alone', () => {
    const { config } = loadConfig({ env: { HASH_CONCURRENCY: '8' }, envFileText: '' });
    expect(shareOfHashing(config, null)).to.equal(config.hashing);
  });
});
