import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { importOf } from '../fences/import-of.js';
import { type Syntax, visitSyntax } from '../fences/syntax.js';

/** What a spec can need beside Node itself. */
export type Need = 'database' | 'redis' | 'browser' | 'promtool' | 'product' | 'size' | 'any_database';

/** A spec needs something if it imports the module that provides it, directly or through other test files. */
const providers: Readonly<Record<Need, string>> = {
  /** A MySQL or MariaDB server. */
  database: 'test/support/servers/database-server.js',
  redis: 'test/support/servers/redis-server.js',
  /** Headless Chromium. */
  browser: 'test/support/browser/headless-browser.js',
  promtool: 'test/support/servers/find-promtool.js',
  /** The product as a separate process. */
  product: 'test/support/command-file.js',
  /** It has a long form. */
  size: 'test/support/test-size.js',
  /** One kind of database server is enough. */
  any_database: 'test/journeys/support/any-database.js',
};

/**
 * Determines the needs of compiled specs from their imports, so that a spec declares nothing and cannot declare it wrongly. `root` is the
 * folder that contains the compiled `test`.
 */
export class SpecNeeds {
  readonly #root: string;
  readonly #importsOf = new Map<string, readonly string[]>();

  constructor({ root }: { readonly root: string }) {
    this.#root = resolve(root);
  }

  needsOf(spec: string): ReadonlySet<Need> {
    const reached = this.#reachedFrom(resolve(spec));
    const needs = Object.entries(providers).filter(([, provider]) => reached.has(resolve(this.#root, provider)));
    return new Set(needs.map(([need]) => need as Need)); // a cast: the keys of `providers`
  }

  #reachedFrom(spec: string): ReadonlySet<string> {
    const reached = new Set([spec]);
    for (const file of reached) for (const imported of this.#imports(file)) reached.add(imported);
    return reached;
  }

  /** Files of `test` that a file imports, or starts as a thread or process by their URL. The product's own code imports no test. */
  #imports(file: string): readonly string[] {
    const known = this.#importsOf.get(file);
    if (known !== undefined) return known;
    const found: string[] = [];
    const isTest = (target: string) => target.startsWith(resolve(this.#root, 'test')) && existsSync(target);
    visitSyntax(readFileSync(file, 'utf8'), (node) => {
      const specifier = importOf(node) ?? urlOf(node);
      if (specifier?.startsWith('.')) found.push(resolve(dirname(file), specifier));
    });
    const imports = found.filter(isTest);
    this.#importsOf.set(file, imports);
    return imports;
  }
}

/** Returns the first argument of `new URL('./thread.js', import.meta.url)`; `null` for another node. */
function urlOf(node: Syntax): string | null {
  const { type, callee, arguments: given } = node as Syntax & { readonly callee?: Syntax; readonly arguments?: readonly Syntax[] };
  const isUrl = type === 'NewExpression' && callee?.['name'] === 'URL';
  const first = given?.[0];
  return isUrl && first?.type === 'StringLiteral' ? String(first['value']) : null;
}
