import { expect } from 'chai';
import type { SchemaObject } from '../../hosts/rest/openapi/openapi-document.js';
import { readOpenApi } from '../../hosts/rest/openapi/read-openapi.js';
import { openConsumer } from './support/consumer.js';
import { packProduct } from './support/packed-product.js';

/** The parts of a schema that this API's document uses. */
interface Schema {
  readonly $ref?: string;
  readonly type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean';
  readonly enum?: readonly unknown[];
  readonly nullable?: boolean;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** A schema as TypeScript has it. */
function typeOf(schema: Schema): string {
  const plain = plainTypeOf(schema);
  return schema.nullable === true ? `${plain} | null` : plain;
}

function plainTypeOf({ $ref, type, enum: values, items, allOf, anyOf, properties = {}, required = [] }: Schema): string {
  if ($ref !== undefined) return `wire.${$ref.replace('#/components/schemas/', '')}`;
  if (allOf !== undefined) return allOf.map(typeOf).join(' & ');
  // the types name the codes of this version, the document leaves room for those of later ones
  if (anyOf !== undefined)
    return anyOf
      .filter((member) => member.type !== 'string' || member.enum)
      .map(typeOf)
      .join(' | ');
  if (values !== undefined) return values.map((value) => JSON.stringify(value)).join(' | ');
  if (type === 'integer') return 'number';
  if (type === 'array' && items !== undefined) return `(${typeOf(items)})[]`;
  if (type !== 'object') return type ?? 'unknown';
  const fields = Object.entries(properties).map(([name, field]) => `${name}${required.includes(name) ? '' : '?'}: ${typeOf(field)}`);
  return `{ ${fields.join('; ')} }`;
}

/** A project that compiles only if every type for clients is equal to the document's schema. */
function comparison(schemas: Readonly<Record<string, SchemaObject>>): string {
  const checks = Object.entries(schemas).map(([name, schema]) => `export const is${name}: Same<wire.${name}, ${typeOf(schema)}> = true;`);
  return `import type * as wire from 'move-acces/client';
type Same<A, B> = (<T>() => T extends Required<A> ? 1 : 2) extends <T>() => T extends Required<B> ? 1 : 2
  ? [A] extends [B] ? ([B] extends [A] ? true : false) : false : false;
${checks.join('\n')}\n`;
}

describe('The types for clients', () => {
  it('are equal to the OpenAPI document, for every body', async () => {
    const { schemas } = readOpenApi().components;
    expect(Object.keys(schemas)).to.include.members(['SignedInBody', 'ProblemBody', 'ErrorCode', 'Action']);
    await using product = await packProduct();
    await using consumer = await openConsumer({ product, hasDependencies: false });
    await consumer.write('same.ts', comparison(schemas));
    await consumer.typeCheck();
    const changed = { ...schemas, TokensBody: { ...schemas.TokensBody, required: ['access_token'] } };
    await consumer.write('same.ts', comparison(changed));
    expect(await consumer.typeCheck().catch(String)).to.include("Type 'true' is not assignable to type 'false'");
  }).timeout(120_000);
});
