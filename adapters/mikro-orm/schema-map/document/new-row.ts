import { z } from 'zod';
import { constant } from './constants.js';
import { keywords } from './keywords.js';
import { orNull } from './names.js';

const now = z.strictObject({ now: z.literal(true, 'must be true') }).transform(() => ({ kind: 'now' }) as const);

/** The `new_row` of a table; null where it is left out. */
export const newRow = orNull(
  z
    .record(z.string(), z.union([constant, now], 'must be an object like {"now": true}, or a text, a number, true, false or null'))
    .register(keywords, { id: 'newRow', description: 'What a new row needs besides: column to constant, or to the time of writing.' }),
);
