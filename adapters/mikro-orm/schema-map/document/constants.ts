import { z } from 'zod';
import { keywords } from './keywords.js';

/** A text, a number, a boolean (as 0 or 1) or null. */
export const constant = z
  .union(
    [z.string(), z.number(), z.boolean().transform((value) => (value ? 1 : 0)), z.null()],
    'must be a text, a number, true, false or null',
  )
  .register(keywords, { id: 'constant', description: 'true and false are 1 and 0.' });

export const constants = z.array(constant);
