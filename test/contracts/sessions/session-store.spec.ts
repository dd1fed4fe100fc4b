import { sessionStoreContract } from '../../kit/contracts/sessions/session-store.contract.js';
import { openMemoryStore } from '../../kit/contracts/support/memory-harness.js';
import { serverStore } from '../support/server-harness.js';
import { openSqliteStore } from '../support/sqlite-harness.js';

describe('The store of sessions', () => {
  sessionStoreContract('memory', openMemoryStore);
  sessionStoreContract('the embedded database', () => openSqliteStore('auto'));
  describe('on a server', () => sessionStoreContract('the server', serverStore('auto')));
});
