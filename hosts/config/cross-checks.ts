import { minMemoryKib, minTimeCost } from './argon2-floor.js';
import type { ConfigProblem } from './config-error.js';
import type { VariableTexts } from './variable-texts.js';
import type { Values, VariableName } from './variables.js';

type Problem = ConfigProblem & { readonly variable: VariableName };

/** Returns conflicts between variables that are each valid. A value that could not be parsed is not checked. */
export function crossProblems(values: Partial<Values>, texts: VariableTexts): readonly Problem[] {
  return [missingSecret(values), shortSession(values), apartWorkers(values), weakHashing(values, texts)].filter(
    (problem) => problem !== null,
  );
}

function missingSecret({ DB_URL: database, APP_SECRET: secret }: Partial<Values>): Problem | null {
  if (database?.kind !== 'mysql' || secret !== null) return null;
  return {
    variable: 'APP_SECRET',
    message: 'wants at least 32 random bytes when DB_URL is MySQL: move-acces secret generate or openssl rand -hex 32 makes them',
  };
}

function shortSession({ SESSION_MAX_DAYS: days, REFRESH_TOKEN_TTL_HOURS: hours }: Partial<Values>): Problem | null {
  if (days === undefined || hours === undefined || days * 24 >= hours) return null;
  const message = `wants at least ${Math.ceil(hours / 24)}, so that a session outlives its refresh token of REFRESH_TOKEN_TTL_HOURS=${hours}`;
  return { variable: 'SESSION_MAX_DAYS', message };
}

/** Checks for state that each process would keep for itself, and that the other processes need. */
function apartWorkers({ WORKERS: workers, REDIS_URL: redis, DB_URL: database }: Partial<Values>): Problem | null {
  if (workers === undefined || workers === 1) return null;
  if (redis === null) {
    return { variable: 'WORKERS', message: 'wants REDIS_URL when it is more than 1: limits, tickets and events are shared through Redis' };
  }
  if (database?.kind !== 'sqlite') return null;
  const message = 'wants MySQL or MariaDB in DB_URL when it is more than 1: a process stands still while another one writes to SQLite';
  return { variable: 'WORKERS', message };
}

function weakHashing(values: Partial<Values>, texts: VariableTexts): Problem | null {
  const { ARGON2_MEMORY_KIB: memoryKib, ARGON2_TIME_COST: timeCost } = values;
  if (memoryKib === undefined || timeCost === undefined || memoryKib >= minMemoryKib(timeCost)) return null;
  const passes = minTimeCost(memoryKib);
  if (texts.ARGON2_MEMORY_KIB.origin === 'default' && passes !== null) {
    return {
      variable: 'ARGON2_TIME_COST',
      message: `wants at least ${passes} with ARGON2_MEMORY_KIB=${memoryKib} (OWASP floor)`,
    };
  }
  const message = `wants at least ${minMemoryKib(timeCost)} with ARGON2_TIME_COST=${timeCost} (OWASP floor)`;
  return { variable: 'ARGON2_MEMORY_KIB', message };
}
