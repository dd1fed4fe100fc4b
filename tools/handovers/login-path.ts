/** A function on the path from `LogIn` to its INSERT into `auth_sessions`, and the call by which it hands over to the next one. */
export interface Step {
  readonly file: string;
  /** Of a class `Class.method`; else the function's name. */
  readonly name: string;
  /** The end of the callee as it is written: its last word is the name of the next function, unless the next step `isCallback`. */
  readonly calls: string;
  /** Given to the step before as a callback, so that it has another name there. */
  readonly isCallback?: true;
}

/** Where the path begins. */
export const start: Step = { file: 'core/usecases/sessions/log-in.ts', name: 'LogIn.execute', calls: 'signIn' };

/** On MySQL and MariaDB with `DB_BATCHING=on`. Two steps in one file are one hand-over: a reader stays where he is. */
export const loginPath: readonly Step[] = [
  { file: 'core/usecases/steps/sign-in.ts', name: 'signIn', calls: 'openUpgrading' },
  { file: 'core/usecases/steps/sign-in.ts', name: 'openUpgrading', calls: 'openSession' },
  { file: 'core/usecases/steps/sign-in.ts', name: 'openSession', calls: 'runDespiteAudit' },
  { file: 'core/usecases/steps/run-despite-audit.ts', name: 'runDespiteAudit', calls: 'unitOfWork.run' },
  { file: 'adapters/mikro-orm/batched/commits.ts', name: 'GroupCommit.run', calls: 'alone.run' },
  { file: 'adapters/mikro-orm/batched/held-up.ts', name: 'HeldUpUnitOfWork.run', calls: 'this.inPlace' },
  { file: 'adapters/mikro-orm/batched/held-up.ts', name: 'HeldUpUnitOfWork.inPlace', calls: 'transaction' },
  { file: 'adapters/mikro-orm/mikro-orm-unit-of-work.ts', name: 'MikroOrmUnitOfWork.run', calls: 'inOneTransaction', isCallback: true },
  { file: 'adapters/mikro-orm/sql/transaction.ts', name: 'inOneTransaction', calls: 'work' },
  { file: 'core/usecases/steps/sign-in.ts', name: 'openSession', calls: 'sessions.open', isCallback: true },
  { file: 'adapters/mikro-orm/sessions/mikro-orm-session-store.ts', name: 'MikroOrmSessionStore.open', calls: 'openSession.run' },
  { file: 'adapters/mikro-orm/sql/ready-statement.ts', name: 'ReadyStatement.run', calls: 'db.executeQuery' },
  { file: 'adapters/mikro-orm/mysql/guarded-connection.ts', name: 'GuardedConnection.query', calls: 'this.#ask', isCallback: true },
  { file: 'adapters/mikro-orm/mysql/guarded-connection.ts', name: 'GuardedConnection.#ask', calls: 'this.#send' },
  { file: 'adapters/mikro-orm/mysql/guarded-connection.ts', name: 'GuardedConnection.#send', calls: 'raw.execute' },
];

/** Lists of everything: a reader of a login looks up one name in them, and follows that one. */
export const lists: ReadonlySet<string> = new Set([
  'core/usecases/use-cases.ts',
  'core/ports/ports.ts',
  'adapters/mikro-orm/create-stores.ts',
  'hosts/rest/rest-services.ts',
]);

/** The files that a reader of a login begins with: the controller, the use case, and the adapters of its ports, which the wiring chooses. */
export const loginRoots: readonly string[] = [
  'hosts/rest/sessions/auth-controller.ts',
  'core/usecases/sessions/log-in.ts',
  'adapters/mikro-orm/batched/batched-unit-of-work.ts',
  'adapters/mikro-orm/batched/reads.ts',
  'adapters/mikro-orm/audit/mikro-orm-audit-sink.ts',
  'adapters/mikro-orm/mysql/guarded-pool.ts',
  'adapters/guarded-audit/guarded-audit-sink.ts',
  'adapters/redis/limits/redis-rate-limit-store.ts',
  'adapters/argon2/argon2-password-hasher.ts',
  'adapters/jose/jose-token-issuer.ts',
  'adapters/node-crypto/hmac-refresh-token-codec.ts',
];
