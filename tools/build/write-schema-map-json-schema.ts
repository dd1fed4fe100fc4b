import { writeFileSync } from 'node:fs';
import { schemaMapJsonSchema } from './schema-map-json-schema.js';

writeFileSync('docs/schema-map.schema.json', schemaMapJsonSchema());
