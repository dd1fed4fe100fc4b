import { existingSchemaContract } from '../../kit/contracts/operations/existing-schema.contract.js';
import { openMemoryStore } from '../../kit/contracts/support/memory-harness.js';
import { serverStore } from '../support/server-harness.js';
import { openSqliteStore } from '../support/sqlite-harness.js';

describe('The existing schema', () => {
  existingSchemaContract('memory', openMemoryStore);
  existingSchemaContract('the embedded database', () => openSqliteStore('auto'));
  describe('on a server', () => existingSchemaContract('the server', serverStore('auto')));
});
