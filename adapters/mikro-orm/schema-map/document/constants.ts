import { z } from 'zod';
import type { Constant } from '../schema-map.js';
import { keywords } from './keywords.js';

/** A text, a number, a boolean (as 0 or 1) or null. */
export const constant = z
  .union(
    [z.string(), z.number(), z.boolean().transform((value) => (value ? 1 : 0)), z.null()],
    'must be a text, a number, true, false or null',
  )
  .register(keywords, { id: 'constant', description: 'true and false are 1 and 0.' });

export const constants = z.array(constant);

/** A value to find in rows, as it is compared: drivers give a number or its digits. */
export const isSameConstant = (one: Constant | null, other: Constant | null): boolean => String(one) === String(other);
