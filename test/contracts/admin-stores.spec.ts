import { demoAccountsContract } from '../kit/contracts/accounts/demo-accounts.contract.js';
import { userDirectoryContract } from '../kit/contracts/accounts/user-directory.contract.js';
import { auditLogContract } from '../kit/contracts/audit/audit-log.contract.js';
import { existingSchemaContract } from '../kit/contracts/operations/existing-schema.contract.js';
import type { OpenStore } from '../kit/contracts/support/store-harness.js';
import { serverStore } from './support/server-harness.js';
import { openSqliteStore } from './support/sqlite-harness.js';

/** What an admin asks of the stores. */
function adminContracts(name: string, open: OpenStore): void {
  auditLogContract(name, open);
  userDirectoryContract(name, open);
  demoAccountsContract(name, open);
  existingSchemaContract(name, open);
}

describe('For an admin', () => {
  adminContracts('the embedded database', () => openSqliteStore('auto'));
  describe('on a server', () => adminContracts('the server', serverStore('auto')));
  describe('with new hashes in a table of ours', () => {
    demoAccountsContract('the embedded database', () => openSqliteStore('overlay'));
  });
});
