/** What can be served, on one port. */
export const serveTargets = ['rest', 'all'] as const;

export type ServeTarget = (typeof serveTargets)[number];

export interface ServeOptions {
  readonly target: ServeTarget;
  /** In place of `HOST` and `PORT`. */
  readonly host?: string;
  readonly port?: string;
  /** Runs pending migrations first, on any database. */
  readonly migrate: boolean;
}

export interface MigrationState {
  readonly executed: readonly string[];
  readonly pending: readonly string[];
}

/** What the command line can have done; the program that starts it says how. */
export interface CliActions {
  /** Resolves when the server has stopped. */
  serve(options: ServeOptions): Promise<void>;
  migrate(): Promise<readonly string[]>;
  migrationState(): Promise<MigrationState>;
  /** Returns how many demo accounts were made. */
  seed(password: string): Promise<number>;
  generateSecret(): string;
}
