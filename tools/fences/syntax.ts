import { parse } from '@babel/parser';

/** A node of the syntax tree, with the parts that the fences read. */
export interface Syntax {
  readonly type: string;
  readonly loc?: { readonly start: { readonly line: number } };
  readonly [field: string]: unknown;
}

export type Visitor = (node: Syntax, parent: Syntax | null) => void;

/** Calls the visitor for each node of a TypeScript source, outermost first. Throws on a source that does not parse. */
export function visitSyntax(source: string, visit: Visitor): void {
  const file = parse(source, { sourceType: 'module', plugins: ['typescript', 'decorators-legacy'] });
  walk(file.program, null, visit);
}

function walk(value: unknown, parent: Syntax | null, visit: Visitor): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, parent, visit);
  } else if (isSyntax(value)) {
    visit(value, parent);
    for (const child of Object.values(value)) walk(child, value, visit);
  }
}

function isSyntax(value: unknown): value is Syntax {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'loc' in value;
}
