import { SecretLedger } from './secret-ledger.js';

/** The secrets that the tests of this mocha process have used. Module state, because every client and every server adds to it. */
export const usedSecrets = new SecretLedger();

const passwordFields = ['password', 'current_password', 'new_password'];
const tokenFields = ['access_token', 'refresh_token', 'ticket'];

/** Records the passwords in a request. Tokens are recorded when they are issued: a test may send any text as a token. */
export const noteRequest = (body: unknown): void => noteFields(body, passwordFields);

/** Records the tokens in a response. */
export const noteAnswer = (body: unknown): void => noteFields(body, tokenFields);

function noteFields(body: unknown, fields: readonly string[]): void {
  if (typeof body !== 'object' || body === null) return;
  for (const [field, value] of Object.entries(body)) if (fields.includes(field)) usedSecrets.note(value);
}

/** Records the secrets in a process's environment. */
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
