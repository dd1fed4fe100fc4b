import { randomBytes } from 'node:crypto';
import type { TestDatabase } from '../../support/servers/test-database.js';

/** A place to run the product in: an environment, a folder, and the servers behind it. Disposing of it fails when it holds a secret that was used. */
export interface Stage extends AsyncDisposable {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** What an administrator sets in place of `env`, for the commands that need more rights than serving does. */
  readonly adminEnv?: Readonly<Record<string, string>>;
  /** null on the embedded default. */
  readonly database: TestDatabase | null;
}

/** High enough that only tests of the limits meet them. */
export const roomyLimits = { LOGIN_RATE_LIMIT: '100000/60', API_RATE_LIMIT: '100000/60', ACCOUNT_RATE_LIMIT: '100000/60' };

/** Of this run alone: a secret that stands in a repository is a published one. */
export const testSecret = randomBytes(32).toString('hex');
