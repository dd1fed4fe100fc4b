import { InvalidArgumentError, Option } from 'commander';
import type { AccountSelector } from '../../core/usecases/steps/find-account.js';
import type { CliCommand } from './cli-command.js';

/** Parses a whole number within bounds, both included. */
export const wholeNumber =
  (min: number, max: number) =>
  (text: string): number => {
    const number = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= min && number <= max) return number;
    throw new InvalidArgumentError(`It wants a whole number from ${min} to ${max}.`);
  };

const unitsMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** Parses a point in time, in milliseconds: ISO 8601 (local time if it has no zone), or an age such as `15m`. */
export function pointInTime(text: string): number {
  const [, count, unit] = /^(\d{1,6})([smhdw])$/.exec(text) ?? [];
  if (count !== undefined) return Date.now() - Number(count) * unitsMs[unit as keyof typeof unitsMs]; // the pattern allows only these units
  const instant = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text.length === 10 ? `${text}T00:00` : text.replace(' ', 'T')) : Number.NaN;
  if (Number.isFinite(instant)) return instant;
  throw new InvalidArgumentError('It wants a time such as 2026-01-31T12:00Z, a day, or an age such as 15m, 2h or 7d.');
}

/** The parsed options that name an account. */
export interface AccountOptions {
  readonly user?: string;
  readonly email?: string;
}

/** Adds the two options that name an account. */
export const withAccount = (command: CliCommand): CliCommand =>
  command
    .addOption(new Option('--user <id>', 'the account with this id').conflicts('email'))
    .addOption(new Option('--email <address>', 'the account with this address, in any spelling'));

/** Returns the account that the options name. Without one, it ends the command with a usage error. */
export function accountOf({ user, email }: AccountOptions, command: { error(message: string): never }): AccountSelector {
  if (user !== undefined) return { kind: 'id', id: user };
  if (email !== undefined) return { kind: 'email', email };
  return command.error('error: name the account by --user or --email');
}
