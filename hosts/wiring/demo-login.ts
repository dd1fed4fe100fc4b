import { demoAccounts } from '../../core/domain/demo-people.js';
import type { KeyedDigest } from '../../core/ports/keyed-digest.js';

export interface DemoLogin {
  readonly email: string;
  readonly password: string;
}

/** The same at every start, since it comes from the secret beside the embedded database, and different on every machine. */
export function demoLogin(keyedDigest: KeyedDigest): DemoLogin {
  return { email: demoAccounts[0].email, password: `demo-${keyedDigest.digest('demo', 'password').slice(0, 12)}` };
}
