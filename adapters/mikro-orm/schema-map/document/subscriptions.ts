import { z } from 'zod';
import type { SubscriptionsMap } from '../schema-map.js';
import { described, keywords } from './keywords.js';
import { name, orNull } from './names.js';
import { subscriptionStatus } from './statuses.js';

/** The `subscriptions` of a mapping; null where nothing is subscribed to. */
export const subscriptions = orNull(
  z
    .strictObject({
      table: name,
      user_id: name,
      plan: name,
      starts_at: described(name, 'A DATE counts from its first instant.'),
      ends_at: described(orNull(name), 'A DATE counts until its last instant; NULL is without end.'),
      status: subscriptionStatus,
    })
    .transform(({ table, user_id: userId, plan, starts_at: startsAt, ends_at: endsAt, status: standing }): SubscriptionsMap => {
      return { table, userId, plan, startsAt, endsAt, standing };
    })
    .register(keywords, { description: 'Read, never written. Null or missing: nothing is subscribed to.' }),
);
