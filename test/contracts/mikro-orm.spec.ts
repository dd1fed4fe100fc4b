import { auditSinkContract } from '../../testing/contracts/audit-sink.contract.js';
import { credentialStoreContract } from '../../testing/contracts/credential-store.contract.js';
import { sessionStoreContract } from '../../testing/contracts/session-store.contract.js';
import { subscriptionReaderContract } from '../../testing/contracts/subscription-reader.contract.js';
import type { OpenStore } from '../../testing/contracts/support/store-harness.js';
import { unitOfWorkContract } from '../../testing/contracts/unit-of-work.contract.js';
import { userRepositoryContract } from '../../testing/contracts/user-repository.contract.js';
import { serverStore } from './support/server-harness.js';
import { openSqliteStore } from './support/sqlite-harness.js';

function databaseContracts(name: string, open: OpenStore): void {
  sessionStoreContract(name, open);
  userRepositoryContract(name, open);
  credentialStoreContract(name, open);
  subscriptionReaderContract(name, open);
  auditSinkContract(name, open);
  unitOfWorkContract(name, open);
}

describe('The database in an embedded file', () => {
  databaseContracts('the embedded database', () => openSqliteStore('auto'));
  credentialStoreContract('the embedded database with new hashes in a table of ours', () => openSqliteStore('overlay'));
});

describe('The database on a server', () => {
  databaseContracts('the server', serverStore('auto'));
  credentialStoreContract('the server with new hashes in a table of ours', serverStore('overlay'));
});
