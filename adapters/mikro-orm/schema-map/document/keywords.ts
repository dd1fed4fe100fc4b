import { z } from 'zod';

/** What a part of the document says in `docs/schema-map.schema.json` besides its shape: a description, and keywords of JSON Schema. */
export interface Keywords {
  /** Makes the part a definition of its own, under this name. */
  readonly id?: string;
  readonly description?: string;
  readonly [keyword: string]: unknown;
}

/** A registry of its own, since zod's is shared with the applications that embed this package. */
export const keywords = z.registry<Keywords>();

/** The same part with a description of its own, where it stands in one place of several. */
export function described<Part extends z.ZodType>(part: Part, description: string): Part {
  const copy = part.clone();
  keywords.add(copy, { description });
  return copy;
}
