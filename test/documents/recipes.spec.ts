import { expect } from 'chai';
import { documentedRecipe } from './support/recipes/documented-recipe.js';
import { errorCodeRecipe } from './support/recipes/error-code.js';
import { hashFormatRecipe } from './support/recipes/hash-format.js';
import { portRecipe } from './support/recipes/port.js';
import { type ScratchCopy, scratchCopy } from './support/recipes/scratch-copy.js';
import { tableRecipe } from './support/recipes/table.js';
import { useCaseRecipe } from './support/recipes/use-case.js';

const recipes = [useCaseRecipe, tableRecipe, errorCodeRecipe, hashFormatRecipe, portRecipe];

describe('The recipes', function () {
  this.timeout(240_000);

  for (const recipe of recipes) {
    it(`name each file that is touched, in order: ${recipe.title}`, () => {
      expect(documentedRecipe(recipe).files).to.deep.equal(Object.keys(recipe.files));
    });
  }

  describe('followed in a copy of the sources', () => {
    const edited = recipes.flatMap(({ files }) => Object.keys(files)).filter((file) => /\.(ts|json)$/.test(file));
    let copy: ScratchCopy;
    before(async () => {
      copy = await scratchCopy();
      for (const { files } of recipes) for (const [file, edit] of Object.entries(files)) await copy.edit(file, edit);
    });
    after(() => copy?.[Symbol.asyncDispose]());

    it('compile, are let through by the fences, and pass the specs that they name', async () => {
      await Promise.all([copy.script('format', '--error-on-warnings', ...new Set(edited)), copy.script('build')]);
      const runs = recipes.flatMap((recipe) => documentedRecipe(recipe).specs);
      const isNarrowed = (args: readonly string[]) => args.includes('--grep');
      const together = new Set(runs.filter((args) => !isNarrowed(args)).flat());
      expect(runs).to.have.lengthOf.at.least(recipes.length);
      await Promise.all([
        copy.script('fences'),
        copy.script('specs', ...together, '--jobs', '1'),
        ...runs.filter(isNarrowed).map((args) => copy.script('specs', ...args)),
      ]);
    });
  });
});
