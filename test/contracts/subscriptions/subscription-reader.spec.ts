import { subscriptionReaderContract } from '../../kit/contracts/subscriptions/subscription-reader.contract.js';
import { openMemoryStore } from '../../kit/contracts/support/memory-harness.js';
import { serverStore } from '../support/server-harness.js';
import { openSqliteStore } from '../support/sqlite-harness.js';

describe('The reader of subscriptions', () => {
  subscriptionReaderContract('memory', openMemoryStore);
  subscriptionReaderContract('the embedded database', () => openSqliteStore('auto'));
  describe('on a server', () => subscriptionReaderContract('the server', serverStore('auto')));
});
