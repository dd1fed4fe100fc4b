import type { CliTools } from './cli-actions.js';
import { Declined } from './declined.js';

export interface Confirmation {
  /** Whether the operator passed `--yes`. */
  readonly isGiven: boolean;
  /** What will happen: `this …`. */
  readonly consequence: string;
}

/**
 * Makes sure that the operator intends an action that cannot be undone. Without a terminal, the absence of `--yes` is a usage error.
 * @throws Declined
 */
export async function confirm(
  { isGiven, consequence }: Confirmation,
  { terminal }: Pick<CliTools, 'terminal'>,
  command: { error(message: string): never },
): Promise<void> {
  if (isGiven) return;
  if (!terminal.isInteractive) command.error(`error: ${consequence}; say --yes where nobody can be asked`);
  if (!(await terminal.confirm(`${consequence.charAt(0).toUpperCase()}${consequence.slice(1)}. Go on?`))) throw new Declined();
}
