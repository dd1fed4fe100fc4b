import { SecretLedger } from './secret-ledger.js';

/** What the tests of this mocha process have used: module state, because every client and every server of theirs adds to it. */
export const usedSecrets = new SecretLedger();

const secretFields = ['password', 'current_password', 'new_password', 'access_token', 'refresh_token', 'ticket', 'token'] as const;

/** Notes the secrets in what is sent or answered. */
export function noteBody(body: unknown): void {
  if (typeof body !== 'object' || body === null) return;
  for (const field of secretFields) if (field in body) usedSecrets.note((body as Readonly<Record<string, unknown>>)[field]);
}

/** Notes the secrets that a process is started with. */
export function noteEnvironment(env: Readonly<Record<string, string>>): void {
  const { APP_SECRET, APP_SECRET_PREVIOUS = '', METRICS_TOKEN, DB_URL = '', REDIS_URL = '' } = env;
  for (const secret of [APP_SECRET, ...APP_SECRET_PREVIOUS.split(','), METRICS_TOKEN]) usedSecrets.note(secret);
  for (const url of [DB_URL, REDIS_URL]) usedSecrets.note(/^\w[\w+-]*:\/\/[^:@/]*:([^@/]+)@/.exec(url)?.[1]);
}

/** @throws an error that shows where a secret is in the text */
export function expectNoSecret(text: string, where: string, secrets: SecretLedger = usedSecrets): void {
  const [first] = secrets.in(text);
  if (first !== undefined) throw new Error(`a secret that was used is in ${where}: …${first}`);
}
