import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditSealsContract } from '../../kit/contracts/audit/audit-seals.contract.js';
import { auditTrailContract } from '../../kit/contracts/audit/audit-trail.contract.js';
import { memoryHarnesses } from '../support/memory-harnesses.js';
import { migratedDatabase } from '../support/migrated-database.js';
import { openByFile } from '../support/open-test-database.js';

describe('The audit trail and its seals', () => {
  auditTrailContract('memory', memoryHarnesses.auditTrail);
  auditSealsContract('memory', memoryHarnesses.auditSeals);
});

describe('The audit trail in an embedded file', () => {
  const open = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'move-acces-audit-'));
    const database = await openByFile(join(folder, 'test.db'));
    await database.migrations.up();
    return {
      trail: database.auditTrail,
      seals: database.auditSeals,
      audit: database.stores.audit,
      dispose: async () => {
        await database[Symbol.asyncDispose]();
        await rm(folder, { recursive: true });
      },
    };
  };
  auditTrailContract('the embedded database', open);
  auditSealsContract('the embedded database', open);
});

describe('The audit trail on a server', () => {
  const place = migratedDatabase();
  const open = async () => {
    for (const table of ['audit_logs', 'audit_seals']) await place.test.query(`truncate ${table}`);
    return {
      trail: place.database.auditTrail,
      seals: place.database.auditSeals,
      audit: place.database.stores.audit,
      dispose: async () => {},
    };
  };
  auditTrailContract('the server', open);
  auditSealsContract('the server', open);
});
