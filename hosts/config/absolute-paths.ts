import { resolve } from 'node:path';
import type { TlsOptions } from './tls-options.js';
import type { Values } from './variables.js';

/**
 * Returns the values with every path absolute. Relative paths start from `cwd`, so that a later change of the working directory has no
 * effect.
 */
export function withAbsolutePaths(values: Values, cwd: string): Values {
  const { DB_URL: database, REDIS_URL: redis, SCHEMA_MAP: schemaMap } = values;
  return {
    ...values,
    DB_URL:
      database.kind === 'sqlite'
        ? { ...database, file: resolve(cwd, database.file) }
        : { ...database, tls: absoluteTls(database.tls, cwd) },
    REDIS_URL: redis === null ? null : { ...redis, tls: absoluteTls(redis.tls, cwd) },
    SCHEMA_MAP: absolute(schemaMap, cwd),
  };
}

function absoluteTls(tls: TlsOptions | null, cwd: string): TlsOptions | null {
  if (tls === null) return null;
  const { caFile, certFile, keyFile } = tls;
  return { ...tls, caFile: absolute(caFile, cwd), certFile: absolute(certFile, cwd), keyFile: absolute(keyFile, cwd) };
}

function absolute(path: string | null, cwd: string): string | null {
  return path === null ? null : resolve(cwd, path);
}
