import { Ajv, type ValidateFunction } from 'ajv';
import ajvFormats from 'ajv-formats';
import type { OpenApiDocument, OperationObject, SchemaObject } from '../../../../hosts/rest/openapi/openapi-document.js';
import { PathTable } from '../../../../hosts/rest/path-table.js';

export interface Exchange {
  readonly method: string;
  /** Without a query. */
  readonly path: string;
  /** Undefined where nothing, or no JSON, was sent. */
  readonly sent: unknown;
  readonly status: number;
  readonly contentType: string | null;
  readonly text: string;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: SchemaObject }>>;
}

/** Compares the responses of a server with its OpenAPI document. */
export class AnswerContract {
  readonly #document: OpenApiDocument;
  readonly #paths: PathTable;
  readonly #ajv = new Ajv({ strict: false, allErrors: true });
  readonly #compiled = new Map<unknown, ValidateFunction>();

  constructor(document: OpenApiDocument) {
    this.#document = document;
    this.#paths = new PathTable(document.paths);
    ajvFormats.default(this.#ajv);
    this.#ajv.addSchema({ $id: 'api', components: { schemas: jsonSchemaOf(document.components.schemas) } });
  }

  /** Null where all is as documented, else what is not. */
  fault({ method, path, sent, status, contentType, text }: Exchange): string | null {
    const operation = this.#operation(method, path);
    if (operation === null) return 'no such operation is documented';
    const response = operation.responses[status] as Content | undefined;
    if (response === undefined) return `the status ${status} is not documented`;
    if (response.content === undefined || method === 'HEAD') return text === '' ? null : 'a body, where none is documented';
    const mediaType = contentType?.split(';')[0] ?? 'none';
    const described = response.content[mediaType];
    if (described === undefined) return `the media type ${mediaType} is not documented`;
    const answerFault = mediaType.endsWith('json') ? this.#schemaFault(described.schema, JSON.parse(text)) : null;
    return answerFault ?? (status < 400 && sent !== undefined ? this.#sentFault(operation, sent) : null);
  }

  #operation(method: string, path: string): OperationObject | null {
    const template = this.#paths.find(path)?.template;
    const name = method === 'HEAD' ? 'get' : method.toLowerCase();
    return (template && this.#document.paths[template]?.[name]) || null;
  }

  /** The document must allow a request that the server accepted. */
  #sentFault({ requestBody }: OperationObject, sent: unknown): string | null {
    const schema = (requestBody as Content | undefined)?.content?.['application/json']?.schema;
    if (schema === undefined) return 'a body was sent, where none is documented';
    const fault = this.#schemaFault(schema, sent);
    return fault && `taken, but the request ${fault}`;
  }

  #schemaFault(schema: SchemaObject, value: unknown): string | null {
    const validate = this.#compiled.get(schema) ?? this.#ajv.compile(jsonSchemaOf(schema) as object);
    this.#compiled.set(schema, validate);
    return validate(value) ? null : `body is not as documented: ${this.#ajv.errorsText(validate.errors)}`;
  }
}

/**
 * A schema of OpenAPI 3.0 as JSON Schema: there null is a type. What the document leaves open for later versions, this build does not use:
 * other members than the properties, and other codes than those that are listed.
 */
export function jsonSchemaOf(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(jsonSchemaOf);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { nullable, example, $ref, ...open } = schema as Readonly<Record<string, unknown>>;
  const rest = closed(open);
  if (typeof $ref === 'string') return { $ref: `api${$ref}` };
  const converted = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, jsonSchemaOf(value)]));
  return nullable === true ? { anyOf: [converted, { type: 'null' }] } : converted;
}

function closed({ anyOf, additionalProperties, ...rest }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const isOpen = additionalProperties === true && rest.properties !== undefined;
  return {
    ...rest,
    ...(additionalProperties !== undefined && { additionalProperties: isOpen ? false : additionalProperties }),
    ...(Array.isArray(anyOf) && { anyOf: anyOf.filter((member) => JSON.stringify(member) !== '{"type":"string"}') }),
  };
}
