import { previousSecrets, strongSecret } from './secret-strength.js';
import { replaySeconds, wholeNumber } from './value-schemas.js';
import { optional, setting } from './variable.js';

/** What signs the tokens, and how long tokens and sessions live. */
export const sessionVariables = {
  APP_SECRET: optional({
    sample: 'change-me-to-what-openssl-rand-hex-32-prints',
    schema: strongSecret,
    doc: 'Signs the tokens: 32 random bytes as hex or base64; required with MySQL, else generated beside the database file',
    isSecret: true,
  }),
  APP_SECRET_PREVIOUS: optional({
    schema: previousSecrets,
    doc: 'Comma-separated list of earlier APP_SECRETs: still verified, never used to sign; published values are refused',
    isSecret: true,
  }),
  ACCESS_TOKEN_TTL_MIN: setting({
    default: '15',
    schema: wholeNumber(1, 10_080),
    doc: 'Life of an access token in minutes, 1 to 10080',
  }),
  REFRESH_TOKEN_TTL_HOURS: setting({
    default: '24',
    schema: wholeNumber(1, 87_600),
    doc: 'Idle life of a session in hours, 1 to 87600: each refresh starts it again',
  }),
  SESSION_MAX_DAYS: setting({
    default: '90',
    schema: wholeNumber(1, 3_650),
    doc: 'Absolute life of a session in days, 1 to 3650, not shorter than REFRESH_TOKEN_TTL_HOURS',
  }),
  REFRESH_REPLAY_SECONDS: setting({
    default: 'unused',
    schema: replaySeconds,
    doc: 'Repeats a refresh: unused, while its new token is unused; a number also bounds it in seconds, 0 to 315360000',
  }),
  SESSION_END_MAX_AGE_S: setting({
    default: '0',
    schema: wholeNumber(0, 86_400),
    doc: 'Max age in seconds of a session that may end other sessions of its user, 0 to 86400; 0: any age',
  }),
} as const;
