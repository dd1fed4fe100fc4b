import { GroupedAuditSink } from '../../../adapters/guarded-audit/grouped-audit-sink.js';
import { auditLogContract } from '../../kit/contracts/audit/audit-log.contract.js';
import { auditSinkContract } from '../../kit/contracts/audit/audit-sink.contract.js';
import { openMemoryStore } from '../../kit/contracts/support/memory-harness.js';
import type { OpenStore } from '../../kit/contracts/support/store-harness.js';
import { serverStore } from '../support/server-harness.js';
import { openSqliteStore } from '../support/sqlite-harness.js';

function auditContracts(name: string, open: OpenStore): void {
  auditSinkContract(name, open);
  auditLogContract(name, open);
}

describe('The stores of audit rows', () => {
  auditContracts('memory', openMemoryStore);
  auditSinkContract('a grouped sink', async () => {
    const harness = await openMemoryStore();
    const { stores } = harness;
    return { ...harness, stores: { ...stores, audit: new GroupedAuditSink({ sink: stores.audit }) } };
  });
  auditContracts('the embedded database', () => openSqliteStore('auto'));
  describe('on a server', () => auditContracts('the server', serverStore('auto')));
});
