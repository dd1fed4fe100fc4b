import type { UseCases } from '../../core/usecases/use-cases.js';
import type { Terminal } from './terminal.js';

/** What can be served, on one port. */
export const serveTargets = ['rest', 'ws', 'all'] as const;

export type ServeTarget = (typeof serveTargets)[number];

export interface ServeOptions {
  readonly target: ServeTarget;
  /** In place of `HOST` and `PORT`. */
  readonly host?: string;
  readonly port?: string;
  /** In place of `WORKERS`. */
  readonly workers?: string;
  /** Runs pending migrations first, on any database. */
  readonly migrate: boolean;
  /** Makes the demo accounts in the embedded database. */
  readonly demo: boolean;
}

/** How far the database must be before a command begins. */
export type Readiness =
  /** As it is. */
  | 'untouched'
  /** As for a server: with our tables, which an embedded database makes by itself. */
  | 'served';

/** The core, wired to the database that is configured, for as long as a command needs it. */
export interface CliCore extends AsyncDisposable {
  readonly useCases: UseCases;
  readonly migrations: {
    pending(): Promise<readonly string[]>;
    executed(): Promise<readonly string[]>;
    up(): Promise<readonly string[]>;
  };
}

/** A variable of the environment as it is in effect. */
export interface ShownVariable {
  readonly variable: string;
  /** Secrets masked; null when it is unset. */
  readonly value: string | null;
  readonly origin: string;
}

export interface HashCost {
  readonly memoryKib: number;
  readonly timeCost: number;
  readonly parallelism: number;
}

/** What the command line can have done; the program that starts it says how. */
export interface CliActions {
  /** Of the product. */
  readonly version: string;
  /** Whether `NODE_ENV` is `production`. */
  readonly isProduction: boolean;
  /** Resolves when the server has stopped. */
  serve(options: ServeOptions): Promise<void>;
  /** Opens the database that is configured. @throws an error whose message says what is wrong with the configuration or the database. */
  openCore(readiness: Readiness): Promise<CliCore>;
  showConfig(): Promise<readonly ShownVariable[]>;
  generateSecret(): string;
  /** How long one hash takes on this machine, in milliseconds. */
  measureHash(cost: HashCost): Promise<number>;
  /** The fewest passes that are accepted with so much memory; null when no number of them is enough. */
  fewestPasses(memoryKib: number): number | null;
  /** Keeps a resource, such as a gate, until the process ends. */
  holdUntilExit(resource: unknown): void;
}

/** What every command is given. */
export interface CliTools extends CliActions {
  readonly terminal: Terminal;
  /** Who acts, as the audit log names him. */
  readonly operator: string;
}
