import type { SchemaMap } from './schema-map.js';

/** Each of them once. */
export const existingTableNames = ({ users, credentials, subscriptions }: SchemaMap): readonly string[] => [
  ...new Set([users.table, credentials.table, ...(subscriptions === null ? [] : [subscriptions.table])]),
];
