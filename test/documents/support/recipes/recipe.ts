import type { Edit } from './edits.js';

/** What a person does who follows a recipe of docs/lifecycle.md, carried out on one example. */
export interface Recipe {
  /** As the heading has it: `To add a port`. */
  readonly title: string;
  /** What the example calls what the recipe leaves to the reader, by the name between `<` and `>`. */
  readonly names: Readonly<Record<string, string>>;
  /** Every file that is made or changed, in the order of the recipe. */
  readonly files: Readonly<Record<string, Edit>>;
}
