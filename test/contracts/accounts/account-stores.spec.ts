import { credentialStoreContract } from '../../kit/contracts/accounts/credential-store.contract.js';
import { demoAccountsContract } from '../../kit/contracts/accounts/demo-accounts.contract.js';
import { userDirectoryContract } from '../../kit/contracts/accounts/user-directory.contract.js';
import { userRepositoryContract } from '../../kit/contracts/accounts/user-repository.contract.js';
import { openMemoryStore } from '../../kit/contracts/support/memory-harness.js';
import type { OpenStore } from '../../kit/contracts/support/store-harness.js';
import { serverStore } from '../support/server-harness.js';
import { openSqliteStore } from '../support/sqlite-harness.js';

function accountContracts(name: string, open: OpenStore): void {
  userRepositoryContract(name, open);
  credentialStoreContract(name, open);
  userDirectoryContract(name, open);
  demoAccountsContract(name, open);
}

describe('The stores of accounts', () => {
  accountContracts('memory', openMemoryStore);
  accountContracts('the embedded database', () => openSqliteStore('auto'));
  describe('on a server', () => accountContracts('the server', serverStore('auto')));

  describe('with new hashes in a table of the product', () => {
    credentialStoreContract('the embedded database', () => openSqliteStore('overlay'));
    demoAccountsContract('the embedded database', () => openSqliteStore('overlay'));
    describe('on a server', () => credentialStoreContract('the server', serverStore('overlay')));
  });
});
