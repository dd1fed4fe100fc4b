/** The parts of an OpenAPI 3.0 document that this host reads or writes. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version?: string };
  readonly components: {
    readonly schemas: Readonly<Record<string, SchemaObject>>;
    readonly headers: Readonly<Record<string, HeaderObject>>;
    readonly securitySchemes: Readonly<Record<string, object>>;
  };
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
}

export interface OperationObject {
  readonly operationId: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly ParameterObject[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, ResponseObject>>;
  /** Codes in addition to those of every action of its kind; see `completeOpenApi`. */
  readonly 'x-refusals'?: readonly string[];
}

export interface ParameterObject {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: SchemaObject;
}

export interface ResponseObject {
  readonly description: string;
  readonly headers?: Readonly<Record<string, HeaderObject | Reference>>;
  readonly content?: Readonly<Record<string, { readonly schema: SchemaObject | Reference; readonly examples?: object }>>;
}

export interface HeaderObject {
  readonly description: string;
  readonly schema: SchemaObject;
  readonly example?: string;
}

export type SchemaObject = Readonly<Record<string, unknown>>;

export interface Reference {
  readonly $ref: string;
}
