import { AuthError } from '../../core/domain/auth-error.js';
import { codePoints } from '../../core/domain/text.js';

/** The bounds of a text in a body, in the terms of JSON Schema: lengths are numbers of code points. */
export interface TextBounds {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
}

/** Bounds for each field of a body. */
export type BoundsOf<Body> = { readonly [Field in keyof Required<Body>]: TextBounds };

export interface Lengths<Body> {
  readonly bounds: { readonly [Field in keyof Body]?: TextBounds };
  /** Fields that may also be null. */
  readonly nullable: readonly (keyof Body)[];
}

/**
 * Checks the lengths that no use case checks. The generated routes could do it, but count UTF-16 units: they would reject texts that the
 * OpenAPI document allows.
 * @throws AuthError `validation_failed`
 */
export function requireLengths<Body extends object>(body: Body, { bounds, nullable }: Lengths<Body>): void {
  // a cast: `Object.keys` returns only `string`
  const violations = (Object.keys(bounds) as (keyof Body & string)[]).flatMap((field) => {
    const { maxLength = Number.POSITIVE_INFINITY } = bounds[field] ?? {};
    const value = body[field];
    if (typeof value !== 'string' || value.length <= maxLength || codePoints(value) <= maxLength) return [];
    return [{ field, rule: `at most ${maxLength} characters${nullable.includes(field) ? ' or null' : ''}` }];
  });
  if (violations.length > 0) throw new AuthError('validation_failed', { detail: { violations } });
}
