import { credentialStoreContract } from '../kit/contracts/accounts/credential-store.contract.js';
import { userRepositoryContract } from '../kit/contracts/accounts/user-repository.contract.js';
import { auditSinkContract } from '../kit/contracts/audit/audit-sink.contract.js';
import { sessionStoreContract } from '../kit/contracts/sessions/session-store.contract.js';
import { subscriptionReaderContract } from '../kit/contracts/subscriptions/subscription-reader.contract.js';
import { unitOfWorkContract } from '../kit/contracts/unit-of-work.contract.js';
import { serverStore } from './support/server-harness.js';

/** The other specs of this folder run the same suites with batching, the default. */
describe('The database on a server with DB_BATCHING=off', () => {
  const [name, open] = ['the server, nothing batched', serverStore('auto', { isBatching: false })] as const;
  sessionStoreContract(name, open);
  userRepositoryContract(name, open);
  credentialStoreContract(name, open);
  subscriptionReaderContract(name, open);
  auditSinkContract(name, open);
  unitOfWorkContract(name, open);
});
