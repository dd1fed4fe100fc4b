import type { UseCases } from '../../core/usecases/use-cases.js';
import type { Terminal } from './terminal.js';

/** The interfaces that can be served, on one port. */
export const serveTargets = ['rest', 'ws', 'all'] as const;

export type ServeTarget = (typeof serveTargets)[number];

export interface ServeOptions {
  readonly target: ServeTarget;
  /** Replaces `HOST` and `PORT`. */
  readonly host?: string;
  readonly port?: string;
  /** Replaces `WORKERS`. */
  readonly workers?: string;
  /** Runs pending migrations first, on any database. */
  readonly migrate: boolean;
  /** Makes the demo accounts in the embedded database. */
  readonly demo: boolean;
}

/** The state that the database must have before a command starts. */
export type Readiness =
  /** Any state. */
  | 'untouched'
  /** The same as for a server: with this product's tables, which an embedded database creates by itself. */
  | 'served';

/** The core, wired to the configured database, for the duration of a command. */
export interface CliCore extends AsyncDisposable {
  readonly useCases: UseCases;
  readonly migrations: {
    pending(): Promise<readonly string[]>;
    executed(): Promise<readonly string[]>;
    up(): Promise<readonly string[]>;
  };
}

/** An environment variable with its effective value. */
export interface ShownVariable {
  readonly variable: string;
  /** Secrets are masked; null when it is unset. */
  readonly value: string | null;
  readonly origin: string;
}

export interface HashCost {
  readonly memoryKib: number;
  readonly timeCost: number;
  readonly parallelism: number;
}

/** The actions that the command line can start. The program that runs the command line implements them. */
export interface CliActions {
  /** Version of the product. */
  readonly version: string;
  /** Whether `NODE_ENV` is `production`. */
  readonly isProduction: boolean;
  /** Resolves when the server has stopped. */
  serve(options: ServeOptions): Promise<void>;
  /** Opens the configured database. @throws an error whose message states the problem with the configuration or the database. */
  openCore(readiness: Readiness): Promise<CliCore>;
  showConfig(): Promise<readonly ShownVariable[]>;
  generateSecret(): string;
  /** Measures how long one hash takes on this machine, in milliseconds. */
  measureHash(cost: HashCost): Promise<number>;
  /** The min number of passes that is accepted with this memory; null when no number of passes is enough. */
  fewestPasses(memoryKib: number): number | null;
  /** Keeps a resource, such as a lock, until the process ends. */
  holdUntilExit(resource: unknown): void;
}

/** The tools of every command. */
export interface CliTools extends CliActions {
  readonly terminal: Terminal;
  /** The operator, as the audit log names it. */
  readonly operator: string;
}
