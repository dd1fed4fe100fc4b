import { z } from 'zod';
import { keywords } from '../../adapters/mikro-orm/schema-map/document/keywords.js';
import { schemaMapDocument } from '../../adapters/mikro-orm/schema-map/document/schema-map-document.js';

/** The text of `docs/schema-map.schema.json`: the JSON Schema of what `readSchemaMap` takes. */
export const schemaMapJsonSchema = (): string =>
  `${JSON.stringify(z.toJSONSchema(schemaMapDocument, { metadata: keywords, io: 'input' }), null, 2)}\n`;
