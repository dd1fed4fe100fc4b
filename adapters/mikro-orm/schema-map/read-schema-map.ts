import { JsonReader } from './json-reader.js';
import { readStanding, readStatus } from './read-status-map.js';
import type { CredentialsMap, DigestRecipe, DigestSalt, Fills, NameMap, SchemaMap, SubscriptionsMap, UsersMap } from './schema-map.js';
import { SchemaMapError } from './schema-map-error.js';

const keyTypes = { integer: 'integer', bigint: 'integer', uuid: 'uuid', text: 'text' } as const;

/**
 * Reads a mapping from JSON as `docs/schema-map.schema.json` describes it. `file` is how messages call it.
 * @throws SchemaMapError with everything that is wrong
 */
export function readSchemaMap(json: string, file: string): SchemaMap {
  const problems: string[] = [];
  const keys = ['$schema', 'description', 'users', 'credentials', 'subscriptions'];
  const document = new JsonReader({ value: parse(json, file), path: '', keys, problems });
  const users = readUsers(document.required('users', ['table', 'key', 'email', 'name', 'phone', 'created_at', 'status', 'new_row']));
  const credentials = readCredentials(
    document.required('credentials', ['table', 'user_id', 'password_hash', 'recipes', 'last_login_at', 'status', 'new_row']),
    users,
  );
  const subscriptions = document.part('subscriptions', ['table', 'user_id', 'plan', 'starts_at', 'ends_at', 'status']);
  const map = { users, credentials, subscriptions: subscriptions && readSubscriptions(subscriptions) };
  if (problems.length > 0) throw new SchemaMapError(file, problems);
  return map;
}

function parse(json: string, file: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new SchemaMapError(file, [`is not JSON (${cause instanceof Error ? cause.message.replaceAll('\n', ' ') : 'unreadable'})`]);
  }
}

function readUsers(users: JsonReader): UsersMap {
  const key = users.required('key', ['column', 'type']);
  return {
    table: users.name('table'),
    key: { column: key.name('column'), kind: keyTypes[key.oneOf('type', ['integer', 'bigint', 'uuid', 'text'])] },
    email: users.name('email'),
    name: readName(users.part('name', ['first', 'last', 'full'])),
    phone: users.optionalName('phone'),
    createdAt: users.optionalName('created_at'),
    status: readStatus(users),
    fills: readFills(users.part('new_row', null)),
  };
}

function readName(name: JsonReader | null): NameMap {
  if (!name?.has('full'))
    return { kind: 'two_columns', firstName: name?.optionalName('first') ?? null, lastName: name?.optionalName('last') ?? null };
  if (name.has('first') || name.has('last')) name.refuse('full', 'goes without first and last');
  return { kind: 'one_column', fullName: name.name('full') };
}

function readCredentials(credentials: JsonReader, users: UsersMap): CredentialsMap {
  const shared = {
    passwordHash: credentials.name('password_hash'),
    recipes: credentials.parts('recipes', ['algorithm', 'encoding', 'salt']).map(readRecipe),
    lastLoginAt: credentials.optionalName('last_login_at'),
  };
  if (credentials.has('table')) {
    const own = { kind: 'own_table', table: credentials.name('table'), userId: credentials.name('user_id') } as const;
    return { ...own, ...shared, status: readStatus(credentials), fills: readFills(credentials.part('new_row', null)) };
  }
  for (const key of ['user_id', 'status', 'new_row']) {
    if (credentials.has(key)) credentials.refuse(key, 'goes with a table of its own: without one, say it under users');
  }
  return { kind: 'users_table', table: users.table, userId: users.key.column, ...shared, status: null, fills: {} };
}

function readRecipe(recipe: JsonReader): DigestRecipe {
  const salt = recipe.part('salt', ['position', 'constant', 'separator', 'column']);
  return {
    algorithm: recipe.oneOf('algorithm', ['md5', 'sha1', 'sha256', 'sha512']),
    encoding: recipe.oneOf('encoding', ['hex']),
    salt: salt && readSalt(salt),
  };
}

function readSalt(salt: JsonReader): DigestSalt {
  const position = salt.oneOf('position', ['before', 'after']);
  const [source, ...others] = (['constant', 'separator', 'column'] as const).filter((key) => salt.has(key));
  if (source === undefined || others.length > 0) salt.refuse('', 'must have one of constant, separator, column');
  if (source === 'column') return { position, column: salt.name('column') };
  return source === 'separator' ? { position, separator: salt.text('separator') } : { position, constant: salt.text('constant') };
}

function readFills(row: JsonReader | null): Fills {
  const fills: Record<string, Fills[string]> = {};
  for (const column of row?.keys() ?? []) {
    if (row?.isObject(column)) {
      const fill = row.required(column, ['now']);
      if (fill.constant('now') !== 1) fill.refuse('now', 'must be true');
      fills[column] = { kind: 'now' };
    } else fills[column] = row?.constant(column) ?? null;
  }
  return fills;
}

function readSubscriptions(subscriptions: JsonReader): SubscriptionsMap {
  return {
    table: subscriptions.name('table'),
    userId: subscriptions.name('user_id'),
    plan: subscriptions.name('plan'),
    startsAt: subscriptions.name('starts_at'),
    endsAt: subscriptions.optionalName('ends_at'),
    standing: readStanding(subscriptions),
  };
}
