import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { fileVariable, secretVariables } from '../../../hosts/config/secret-files.js';
import { secretWeakness } from '../../../hosts/config/secret-strength.js';
import { variableNames, variables } from '../../../hosts/config/variables.js';

const PUBLISHED = [
  'DB_URL',
  'REDIS_URL',
  'APP_SECRET',
  'APP_SECRET_PREVIOUS',
  'ACCESS_TOKEN_TTL_MIN',
  'REFRESH_TOKEN_TTL_HOURS',
  'SESSION_MAX_DAYS',
  'REFRESH_REPLAY_SECONDS',
  'SESSION_END_MAX_AGE_S',
  'LOGIN_RATE_LIMIT',
  'API_RATE_LIMIT',
  'REGISTER_RATE_LIMIT',
  'ACCOUNT_RATE_LIMIT',
  'TRUST_PROXY',
  'CORS_ORIGINS',
  'HOST',
  'PORT',
  'WS_PORT',
  'WORKERS',
  'ARGON2_MEMORY_KIB',
  'ARGON2_TIME_COST',
  'ARGON2_PARALLELISM',
  'HASH_CONCURRENCY',
  'HASH_QUEUE',
  'PASSWORD_MIN_LENGTH',
  'PASSWORD_BLOCKLIST',
  'SCHEMA_MAP',
  'METRICS_TOKEN',
  'CREDENTIAL_WRITES',
  'DOCS',
  'DB_POOL_MAX',
  'DB_BATCHING',
  'SHUTDOWN_TIMEOUT_S',
  'SUBSCRIPTION_POLL_S',
  'WS_MAX_SOCKETS',
  'KEEP_ALIVE_TIMEOUT_S',
  'EVENT_HISTORY_MIB',
  'WS_QUERY_TOKEN',
  'LOG_LEVEL',
];

describe('the table of variables', () => {
  it('holds exactly the published names, in their order', () => {
    expect(variableNames).to.deep.equal(PUBLISHED);
  });

  it('is the content of .env.example: every variable commented out with its default, below one line of explanation', () => {
    const [, ...paragraphs] = readFileSync('.env.example', 'utf8').trimEnd().split('\n\n');
    const expected = variableNames.map((name) => {
      const { doc, default: byDefault, sample } = variables[name];
      return `# ${doc}\n#${name}=${byDefault ?? sample}`;
    });
    expect(paragraphs).to.deep.equal(expected);
  });

  it('has a file variable for each secret, which .env.example names', () => {
    const [head = ''] = readFileSync('.env.example', 'utf8').split('\n\n');
    expect([...head.matchAll(/\b\w+_FILE\b/g)].map(([name]) => name).toSorted()).to.deep.equal(
      secretVariables.map(fileVariable).toSorted(),
    );
  });

  it('explains itself in single lines', () => {
    for (const { doc } of Object.values(variables)) expect(doc).to.match(/^[^\n]{10,120}$/);
  });

  it('has no sample secret that would be accepted', () => {
    expect(secretWeakness(variables.APP_SECRET.sample)).to.match(/not a placeholder/);
  });
});
