/** A path that is served. */
export interface KnownPath {
  /** In OpenAPI's notation: `/auth/sessions/{id}`. */
  readonly template: string;
  /** In capitals, with HEAD and OPTIONS: the value of `Allow`. */
  readonly methods: readonly string[];
  /** Names of the query fields, for each method in capitals. */
  readonly queries: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The parts of an OpenAPI operation that are read. */
export interface DescribedOperation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
}

type Operations = Readonly<Record<string, DescribedOperation>>;

/** The paths that are served, with their methods. Case and a trailing slash matter. */
export class PathTable {
  readonly #fixed = new Map<string, KnownPath>();
  readonly #patterns: { readonly pattern: RegExp; readonly path: KnownPath }[] = [];

  /** Takes paths in OpenAPI's form: for each template an object whose keys are methods. */
  constructor(paths: Readonly<Record<string, Operations>>) {
    for (const [template, operations] of Object.entries(paths)) {
      const path = { template, methods: methodsOf(Object.keys(operations)), queries: queriesOf(operations) };
      if (template.includes('{')) this.#patterns.push({ pattern: patternOf(template), path });
      else this.#fixed.set(template, path);
    }
  }

  find(path: string): KnownPath | null {
    return this.#fixed.get(path) ?? this.#patterns.find(({ pattern }) => pattern.test(path))?.path ?? null;
  }
}

/** RFC 9110 §9.1: a path with GET also has HEAD. */
function methodsOf(operations: readonly string[]): readonly string[] {
  const methods = operations.map((method) => method.toUpperCase());
  return [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'];
}

function queriesOf(operations: Operations): KnownPath['queries'] {
  const queries = new Map(Object.entries(operations).map(([method, operation]) => [method.toUpperCase(), queryNames(operation)]));
  const shown = queries.get('GET');
  return shown === undefined ? queries : queries.set('HEAD', shown);
}

const queryNames = ({ parameters = [] }: DescribedOperation): ReadonlySet<string> =>
  new Set(parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name));

/** Template names are plain words, and only the dot between them needs an escape. */
const patternOf = (template: string): RegExp => new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`);
