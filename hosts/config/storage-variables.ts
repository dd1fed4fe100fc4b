import { databaseUrl, showDatabase } from './database-url.js';
import { redisUrl, showRedis } from './redis-url.js';
import { optional, setting } from './variable.js';

/** Where the data is. */
export const storageVariables = {
  DB_URL: setting({
    default: 'sqlite:./data/move-acces.db',
    schema: databaseUrl,
    doc: 'Where the data is: mysql://user:password@host:3306/database, mariadb://…, mysql+asyncmy://…, sqlite:FILE',
    isSecret: true,
    show: showDatabase,
  }),
  REDIS_URL: optional({
    schema: redisUrl,
    doc: 'redis://, rediss://, redis-cluster://h1:p1,h2:p2 or redis-sentinel://h1:p1,h2:p2/master-name; unset: in-process',
    isSecret: true,
    show: showRedis,
  }),
} as const;
