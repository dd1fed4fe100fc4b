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

/** A secret as `openssl rand -hex 32` gives it. */
export const testSecret = '3f9c1d7be24a8056c1e7f0a9b35d42687c1be90f4da2563e8b07d19fc4e2a815';
