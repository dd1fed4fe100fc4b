import { phonePattern } from '../../../core/domain/phone-number.js';
import type { SchemaObject } from './openapi-document.js';

/** Patterns of the texts of requests, by schema and property: rules of the core, which checks them itself and names the fault in words. */
const patterns: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  RegisterBody: { phone: phonePattern },
  ProfileChangesBody: { phone: phonePattern },
};

/** Adds its patterns to a schema. */
export function withTextPatterns(name: string, schema: SchemaObject): SchemaObject {
  const { properties } = schema as { readonly properties?: Readonly<Record<string, SchemaObject>> };
  const added = Object.entries(patterns[name] ?? {}).map(([property, pattern]) => [property, { ...properties?.[property], pattern }]);
  return added.length === 0 ? schema : { ...schema, properties: { ...properties, ...Object.fromEntries(added) } };
}
