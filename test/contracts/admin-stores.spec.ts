import { auditLogContract } from './audit-log.contract.js';
import { demoAccountsContract } from './demo-accounts.contract.js';
import { existingSchemaContract } from './existing-schema.contract.js';
import { openMemoryStore } from './support/memory-harness.js';
import { serverStore } from './support/server-harness.js';
import { openSqliteStore } from './support/sqlite-harness.js';
import type { OpenStore } from './support/store-harness.js';
import { userDirectoryContract } from './user-directory.contract.js';

/** What an admin asks of the stores. */
function adminContracts(name: string, open: OpenStore): void {
  auditLogContract(name, open);
  userDirectoryContract(name, open);
  demoAccountsContract(name, open);
  existingSchemaContract(name, open);
}

describe('For an admin', () => {
  adminContracts('memory', openMemoryStore);
  adminContracts('the embedded database', () => openSqliteStore('auto'));
  describe('on a server', () => adminContracts('the server', serverStore('auto')));
  describe('with new hashes in a table of ours', () => {
    demoAccountsContract('the embedded database', () => openSqliteStore('overlay'));
  });
});
