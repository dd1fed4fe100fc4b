import { z } from 'zod';
import type { StandingMap, StatusMap } from '../schema-map.js';
import { constant, constants } from './constants.js';
import { keywords } from './keywords.js';
import { name, orNull } from './names.js';

const atLeastOne = 'must be a list of one value at least';
const active = z.array(constant, atLeastOne).min(1, atLeastOne);

/** The `status` of accounts; null where the document describes none. */
export const accountStatus = orNull(
  z
    .strictObject({ column: name, active, disabled: constant.optional() })
    .superRefine(
      (status, context) => {
        const { active = [], disabled = null } = (status ?? {}) as Partial<typeof status>; // also called for what was refused
        if (disabled === null || !Array.isArray(active) || !active.some((value) => String(value) === String(disabled))) return;
        context.addIssue({ code: 'custom', message: 'must be none of active', path: ['disabled'] });
      },
      { when: () => true },
    )
    .transform(({ column, active: [first = null, ...others], disabled = null }): StatusMap => {
      return { column, active: [first, ...others], ...(disabled !== null && { disabled }) };
    })
    .register(keywords, {
      id: 'status',
      description: 'The values that mean active, the first of which a new row gets; and the one that disables an account, none of those.',
    }),
);

/** The `status` of subscriptions; null where every row is good. */
export const subscriptionStatus = orNull(
  z
    .strictObject({ column: name, active, cancelled: constants.nullish(), unpaid: constants.nullish() })
    .transform(
      ({ column, active: good, cancelled, unpaid }): StandingMap => ({ column, good, cancelled: cancelled ?? [], unpaid: unpaid ?? [] }),
    )
    .register(keywords, { description: 'A value that is in no list counts as unpaid. Without a status every row is active.' }),
);
