import { openMemoryStore } from '../kit/contracts/support/memory-harness.js';
import { unitOfWorkContract } from '../kit/contracts/unit-of-work.contract.js';
import { serverStore } from './support/server-harness.js';
import { openSqliteStore } from './support/sqlite-harness.js';

describe('The unit of work', () => {
  unitOfWorkContract('memory', openMemoryStore);
  unitOfWorkContract('the embedded database', () => openSqliteStore('auto'));
  describe('on a server', () => unitOfWorkContract('the server', serverStore('auto')));
});
