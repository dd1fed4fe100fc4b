import { z } from 'zod';
import { keywords } from './keywords.js';

const rule = 'must be a name of 1 to 64 characters without dots, question marks and control characters';

/** The name of a table or a column. A dot would be taken for the end of another name, a question mark for the place of a value. */
export const name = z
  .string({ error: ({ input }) => (input === undefined || input === null ? 'is missing' : rule) })
  .min(1, rule)
  .max(64, rule)
  .regex(/^[^.?\p{Cc}]+$/u, rule)
  .register(keywords, { id: 'name', description: 'Of a table or a column.' });

/** A part that may be null or left out; both are read as null. */
export const orNull = <Part extends z.ZodType>(part: Part) => part.nullish().transform((value) => value ?? null);
