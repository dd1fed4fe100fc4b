import { credentialStoreContract } from '../kit/contracts/accounts/credential-store.contract.js';
import { userRepositoryContract } from '../kit/contracts/accounts/user-repository.contract.js';
import { auditSinkContract } from '../kit/contracts/audit/audit-sink.contract.js';
import { sessionStoreContract } from '../kit/contracts/sessions/session-store.contract.js';
import { subscriptionReaderContract } from '../kit/contracts/subscriptions/subscription-reader.contract.js';
import type { OpenStore } from '../kit/contracts/support/store-harness.js';
import { unitOfWorkContract } from '../kit/contracts/unit-of-work.contract.js';
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
