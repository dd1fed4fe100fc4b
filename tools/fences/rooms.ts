/** A row of the layout's table: a room of the code, and the imports that its files may have. Every room may import itself. */
export interface Room {
  /** Folder from the project's root. A last part `*` makes each folder there a separate room. */
  readonly folder: string;
  /** Other folders of the project whose files it may import. */
  readonly rooms: readonly string[];
  /** npm packages; a last `/*` matches all packages of one scope. */
  readonly packages: readonly string[];
  /** Whether it may import `node:` modules. */
  readonly mayImportNode: boolean;
  /** A room without clock, randomness, or anything else that only a host machine has. */
  readonly isPure?: true;
}

/** Every adapter may use the semaphore, the batcher and the worker threads. */
const adapter = { rooms: ['core', 'adapters/concurrency'], mayImportNode: true };
const host = { rooms: ['core', 'hosts/http'], mayImportNode: true };
const pure = { packages: [], mayImportNode: false, isPure: true } as const;

/** The fences. The first room whose folder contains a file is the file's room. */
export const rooms: readonly Room[] = [
  { folder: 'core/domain', rooms: [], ...pure },
  { folder: 'core/ports', rooms: ['core/domain'], ...pure },
  { folder: 'core/usecases', rooms: ['core/domain', 'core/ports'], ...pure },

  { folder: 'adapters/mikro-orm', packages: ['@mikro-orm/*', 'kysely', 'mysql2', 'zod'], ...adapter },
  { folder: 'adapters/redis', packages: ['ioredis'], ...adapter },
  { folder: 'adapters/argon2', packages: ['@node-rs/argon2', 'argon2'], ...adapter },
  { folder: 'adapters/bcrypt', packages: ['bcrypt'], ...adapter },
  { folder: 'adapters/jose', packages: ['jose'], ...adapter },
  { folder: 'adapters/pino', packages: ['pino', 'pino-pretty'], ...adapter },
  { folder: 'adapters/prometheus', packages: ['prom-client'], ...adapter },
  { folder: 'adapters/opentelemetry', packages: ['@opentelemetry/*'], ...adapter },
  { folder: 'adapters/*', packages: [], ...adapter },

  { folder: 'hosts/config', rooms: [], packages: ['zod'], mayImportNode: true },
  {
    folder: 'hosts/wiring',
    rooms: ['core', 'adapters', 'migrations', 'hosts/config'],
    packages: ['inversify', 'reflect-metadata'],
    mayImportNode: true,
  },
  { folder: 'hosts/http', rooms: ['core'], packages: ['helmet'], mayImportNode: true },
  { folder: 'hosts/rest', packages: ['express', 'cors', 'swagger-ui-express', '@tsoa/runtime'], ...host },
  { folder: 'hosts/ws', rooms: ['core', 'hosts/http', 'adapters/concurrency'], packages: ['ws'], mayImportNode: true },
  { folder: 'hosts/cli', rooms: ['core'], packages: ['commander', 'string-width'], mayImportNode: true },
  { folder: 'hosts/cluster', rooms: ['hosts/config', 'hosts/wiring'], packages: [], mayImportNode: true },
  { folder: 'hosts/bin', rooms: ['hosts'], packages: [], mayImportNode: true },

  { folder: 'migrations', rooms: [], packages: ['@mikro-orm/*'], mayImportNode: false },

  {
    folder: 'test/kit',
    rooms: ['core', 'adapters/memory', 'adapters/jose', 'adapters/json', 'adapters/node-crypto'],
    packages: ['chai', 'fast-check'],
    mayImportNode: true,
  },
  { folder: 'hosts/exports', rooms: ['core', 'adapters', 'hosts', 'migrations', 'test/kit'], packages: [], mayImportNode: false },
];

/** Folders in which every file must have a room. `tools` and the rest of `test` may import anything, and nothing above may import them. */
export const fencedFolders = ['core', 'adapters', 'hosts', 'migrations', 'test/kit'] as const;
