import type { DatabaseConfig } from './database-url.js';
import type { RateRule } from './rate-rule.js';
import type { RedisConfig } from './redis-url.js';
import type { Secret } from './secret.js';
import type { Origin } from './variable-texts.js';
import type { Values, VariableName } from './variables.js';

/** A variable as `config show` prints it: secrets masked, null when it is unset. */
export interface DescribedVariable {
  readonly variable: VariableName;
  readonly value: string | null;
  readonly origin: Origin;
}

/** All settings from the environment, read once and deep-frozen. Paths are absolute. */
export interface Config {
  readonly database: DatabaseConfig;
  /** null: limits and events stay in the process. */
  readonly redis: RedisConfig | null;
  readonly secrets: {
    /** null, with SQLite only: use `embeddedSecret(database.file)`. */
    readonly current: Secret | null;
    /** Accepted for verification, never used to sign. */
    readonly previous: readonly Secret[];
  };
  readonly tokens: {
    readonly accessTtlSeconds: number;
    /** Idle timeout of a session. */
    readonly refreshTtlSeconds: number;
    /** Absolute lifetime of a session; never shorter than the idle timeout. */
    readonly sessionMaxSeconds: number;
    readonly replaySeconds: number | 'unused';
    /** Max age of a session that may end other sessions; 0 allows any age. */
    readonly endMaxAgeSeconds: number;
  };
  readonly limits: { readonly login: RateRule; readonly register: RateRule; readonly api: RateRule; readonly account: RateRule };
  readonly http: {
    readonly host: string;
    /** 0: any free port, here and in `wsPort`. */
    readonly port: number;
    readonly wsPort: number;
    /** Processes that serve together; more than 1 only with a database server and Redis. */
    readonly workers: number;
    /** Addresses and CIDR blocks. */
    readonly trustProxy: readonly string[];
    /** In the form in which browsers send them. */
    readonly corsOrigins: readonly string[];
    readonly docs: boolean;
    readonly metricsToken: Secret | null;
    readonly shutdownTimeoutSeconds: number;
    /** How long an idle HTTP connection is kept. */
    readonly keepAliveSeconds: number;
    readonly subscriptionPollSeconds: number;
    /** Max number of WebSocket connections of a process. */
    readonly maxSockets: number;
    /** Whether `?token=` may open a socket. */
    readonly areQueryTokensTaken: boolean;
  };
  /** Memory for the recent events of all users. */
  readonly eventHistoryBytes: number;
  readonly hashing: {
    readonly memoryKib: number;
    readonly timeCost: number;
    readonly parallelism: number;
    /** Both apply to the machine as a whole: several workers share them. */
    readonly concurrency: number;
    readonly queue: number;
  };
  /** Code points. */
  readonly passwordMinLength: number;
  readonly passwordBlocklist: Values['PASSWORD_BLOCKLIST'];
  /** null: the built-in mapping. */
  readonly schemaMapPath: string | null;
  readonly credentialWrites: Values['CREDENTIAL_WRITES'];
  readonly dbPoolMax: number;
  /** Of a database server: whether reads are gathered, refreshes share commits, and work that waits for locked rows has places of its own. */
  readonly dbBatching: boolean;
  readonly logLevel: Values['LOG_LEVEL'];
  /** Every variable in the order of `.env.example`; see `describeConfig`. */
  readonly variables: readonly DescribedVariable[];
}
