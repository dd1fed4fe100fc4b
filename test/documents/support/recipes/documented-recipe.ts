import { sectionOf } from '../document-tables.js';
import type { Recipe } from './recipe.js';

/** A recipe as docs/lifecycle.md has it, with the names of an example. */
export interface DocumentedRecipe {
  /** Paths in order. */
  readonly files: readonly string[];
  /** The arguments of each `npm run specs -- …` that needs no database server. */
  readonly specs: readonly (readonly string[])[];
}

export function documentedRecipe({ title, names }: Pick<Recipe, 'title' | 'names'>): DocumentedRecipe {
  const text = sectionOf('docs/lifecycle.md', `## ${title}`).replace(/<([a-z]+)>/g, (whole, name) => names[name] ?? whole);
  const [, specs = ''] = /^Specs: (.*)/ms.exec(text) ?? [];
  const [serverless = ''] = specs.split('with a database server');
  return {
    files: Array.from(text.matchAll(/^\d+\. `([^`]+)`:/gm), ([, file = '']) => file),
    specs: Array.from(serverless.matchAll(/`npm run specs -- ([^`]+)`/g), ([, args = '']) =>
      Array.from(args.matchAll(/"([^"]+)"|(\S+)/g), ([, quoted, plain]) => quoted ?? plain ?? ''),
    ),
  };
}
