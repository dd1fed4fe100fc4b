import { SecretLedger } from './secret-ledger.js';

/** What the tests of this mocha process have used: module state, because every client and every server of theirs adds to it. */
export const usedSecrets = new SecretLedger();

const passwordFields = ['password', 'current_password', 'new_password'];
const tokenFields = ['access_token', 'refresh_token', 'ticket'];

/** Notes the passwords in what is sent. Tokens are noted as they are handed out: a test may send anything for one. */
export const noteRequest = (body: unknown): void => noteFields(body, passwordFields);

/** Notes the tokens in what is answered. */
export const noteAnswer = (body: unknown): void => noteFields(body, tokenFields);

function noteFields(body: unknown, fields: readonly string[]): void {
  if (typeof body !== 'object' || body === null) return;
  for (const [field, value] of Object.entries(body)) if (fields.includes(field)) usedSecrets.note(value);
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
