import { demoAccounts } from '../../core/domain/accounts/demo-people.js';
import { isRefusal } from '../../core/domain/auth-error.js';
import type { KeyedDigest } from '../../core/ports/keyed-digest.js';
import type { Ports } from '../../core/ports/ports.js';
import type { Config } from '../config/config.js';
import type { Composition } from './compose.js';

export interface DemoLogin {
  readonly email: string;
  readonly password: string;
}

export interface Demo {
  /** Null where the demo account has another password, or is missing. */
  readonly login: DemoLogin | null;
}

export interface DemoOptions {
  readonly config: Pick<Config, 'database' | 'schemaMapPath'>;
  /** No demo account is made in production, where each would be a way in. */
  readonly isProduction: boolean;
}

/**
 * Makes the demo accounts in the embedded database, unless it holds accounts of people. To be called once the database is prepared.
 * Null where there is no demo: in production, and on tables that other applications may use too.
 */
export async function openDemo({ useCases, ports }: Composition, { config, isProduction }: DemoOptions): Promise<Demo | null> {
  const isOurs = config.database.kind === 'sqlite' && config.schemaMapPath === null;
  if (!isOurs) return null;
  if (isProduction) {
    ports.logger.warn('--demo is ignored since NODE_ENV is production: no demo account was made');
    return null;
  }
  const login = demoLogin(ports.keyedDigest);
  await useCases.seedDemo.execute({ password: login.password, actor: 'system', mayMix: false }).catch((error: unknown) => {
    if (!isRefusal(error, 'forbidden')) throw error;
  });
  return { login: (await isAccepted(login, ports)) ? login : null };
}

/** The same at every start, since it comes from the secret beside the embedded database, and different on every machine. */
export function demoLogin(keyedDigest: KeyedDigest): DemoLogin {
  return { email: demoAccounts[0].email, password: `demo-${keyedDigest.digest('demo', 'password')}` };
}

/** Whether the account has this password: "seed" may have made it with another one. */
async function isAccepted({ password }: DemoLogin, { credentials, hasher }: Pick<Ports, 'credentials' | 'hasher'>): Promise<boolean> {
  const found = await credentials.findByEmail(demoAccounts[0].email);
  return found.kind === 'found' && found.credential.isEnabled && (await hasher.verify(password, found.credential.passwordHash)).isMatch;
}
