import type { z } from 'zod';

/** One row of the table of environment variables. `T` is the type of the parsed value. */
export interface Variable<T> {
  /** The effective text when the variable is not set; null: the value is null. */
  readonly default: string | null;
  /** Shown in `.env.example` where there is no default. */
  readonly sample: string;
  readonly schema: z.ZodType<T, string>;
  /** One line for `.env.example`. */
  readonly doc: string;
  /** Its text contains, or may contain, a secret: no message repeats it. */
  readonly isSecret: boolean;
  /** Returns the value on one line, masked where it is secret. */
  show(value: NonNullable<T>): string;
}

interface Row<T> {
  readonly schema: z.ZodType<T, string>;
  readonly doc: string;
  readonly sample?: string;
  readonly isSecret?: boolean;
  readonly show?: (value: NonNullable<T>) => string;
}

/** A variable that always has a value. */
export function setting<T>(row: Row<T> & { readonly default: string }): Variable<T> {
  return { sample: '', isSecret: false, show: plain, ...row };
}

/** A variable whose value is null unless it is set. */
export function optional<T>(row: Row<T>): Variable<T | null> {
  return { default: null, sample: '', isSecret: false, show: plain, ...row };
}

function plain(value: unknown): string {
  return Array.isArray(value) ? value.join(',') : String(value);
}
