import { z } from 'zod';
import type { SchemaMap } from '../schema-map.js';
import { credentials, credentialsMap } from './credentials.js';
import { described, keywords } from './keywords.js';
import { subscriptions } from './subscriptions.js';
import { users } from './users.js';

const unread = described(z.unknown().optional(), 'Is not read.');

/** A whole document, and the mapping that it stands for. `docs/schema-map.schema.json` is generated from it. */
export const schemaMapDocument = z
  .strictObject({ $schema: unread, description: unread, users, credentials, subscriptions })
  .register(keywords, {
    title: 'SCHEMA_MAP of move-acces',
    description: 'Which table and column of an existing database holds what. What is left out, or null, is not there.',
  })
  .transform(({ users, credentials, subscriptions }): SchemaMap => {
    return { users, credentials: credentialsMap(credentials, users), subscriptions };
  });
