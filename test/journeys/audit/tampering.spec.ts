import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { MemoryMetrics } from '../../../adapters/memory/operations/memory-metrics.js';
import type { Database } from '../../../adapters/mikro-orm/open-database.js';
import { NodeDigest } from '../../../adapters/node-crypto/node-digest.js';
import { auditEvent } from '../../../core/domain/audit/audit-event.js';
import { userId } from '../../../core/domain/ids.js';
import { SealAudit } from '../../../core/usecases/audit/seal-audit.js';
import { VerifyAudit } from '../../../core/usecases/audit/verify-audit.js';
import type { Query } from '../../contracts/support/existing-hands.js';
import { openByFile, openByUrl } from '../../contracts/support/open-test-database.js';
import { sqliteQuery } from '../../contracts/support/sqlite-harness.js';
import { origin, t0 } from '../../kit/contracts/support/samples.js';
import { sharedDatabaseServer } from '../../support/servers/shared-database.js';

interface Place extends AsyncDisposable {
  readonly database: Database;
  readonly query: Query;
}

/** The manipulation by an attacker that may write the tables, and the result of the check: for which range of rows. */
const tampering: readonly (readonly [
  what: string,
  statements: readonly string[],
  fault: string,
  range: readonly [number, number] | null,
])[] = [
  ['a row changed', [`update audit_logs set ip = '203.0.113.9' where id = 2`], 'rows_changed', [1, 3]],
  ['details changed by one letter', [`update audit_logs set details = '{"n":5 }' where id = 5`], 'rows_changed', [4, 6]],
  ['an unknown value made empty', [`update audit_logs set session_id = '' where id = 9`], 'rows_changed', [7, 9]],
  ['a row deleted', ['delete from audit_logs where id = 5'], 'rows_deleted', [4, 6]],
  ['every row deleted', ['delete from audit_logs'], 'rows_deleted', [1, 3]],
  [
    'a row inserted where a number was free',
    [
      `insert into audit_logs (id, occurred_at, event, outcome, actor, details) values (11, '2026-03-04 05:06:07.789', 'login', 'success', 'user', '{}')`,
    ],
    'rows_inserted',
    [10, 13],
  ],
  [
    'two rows swapped',
    [
      'update audit_logs set id = 99 where id = 4',
      'update audit_logs set id = 4 where id = 6',
      'update audit_logs set id = 6 where id = 99',
    ],
    'rows_changed',
    [4, 6],
  ],
  [
    'a row deleted and another put in its place',
    [
      'delete from audit_logs where id = 8',
      `insert into audit_logs (id, occurred_at, event, outcome, actor, details) values (8, '2026-03-04 05:06:07.796', 'login', 'failure', 'user', '{}')`,
    ],
    'rows_changed',
    [7, 9],
  ],
  ['a seal changed', ['update audit_seals set row_count = 2 where id = 2'], 'seal_changed', [4, 6]],
  [
    'a row deleted and the seal made to fit',
    ['delete from audit_logs where id = 5', 'update audit_seals set row_count = 2 where id = 2'],
    'seal_changed',
    [4, 6],
  ],
  ['a seal deleted', ['delete from audit_seals where id = 2'], 'seal_missing', [7, 9]],
  [
    'rows called pruned by a seal that does not fit',
    [`update audit_seals set kind = 'pruned' where id = 4`, 'delete from audit_logs where id < 10'],
    'seal_changed',
    [10, 13],
  ],
  [
    'rows called pruned by a note that is no part of the chain',
    [
      `insert into audit_seals (kind, first_row_id, last_row_id, row_count, rows_hash, previous_hash, hash, sealed_at)
       values ('pruned', 1, 13, 12, '${'0'.repeat(64)}', '${'a'.repeat(64)}', '${'b'.repeat(64)}', '2026-03-04 05:06:07.789')`,
      `update audit_seals set id = 0 where kind = 'pruned'`,
      'delete from audit_logs',
    ],
    'seal_missing',
    [1, 13],
  ],
  ['the end cut off, rows and seal', ['delete from audit_logs where id > 9', 'delete from audit_seals where id = 4'], 'head_missing', null],
];

const places: readonly { readonly name: string; open(): Promise<Place> }[] = [
  {
    name: 'on the database server',
    async open() {
      const test = await (await sharedDatabaseServer()).createDatabase();
      await test.loadExistingSchema({ rows: false });
      const database = await openByUrl(test.url);
      return placeOf(
        database,
        (sql, params) => test.query(sql, params),
        () => test[Symbol.asyncDispose](),
      );
    },
  },
  {
    name: 'in an embedded file',
    async open() {
      const folder = await mkdtemp(join(tmpdir(), 'move-acces-audit-'));
      const file = join(folder, 'test.db');
      return placeOf(await openByFile(file), sqliteQuery(file), () => rm(folder, { recursive: true }));
    },
  },
];

function placeOf(database: Database, query: Query, dispose: () => PromiseLike<void>): Place {
  return {
    database,
    query,
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      await dispose();
    },
  };
}

for (const { name, open } of places) {
  describe(`The sealed audit log, ${name}`, () => {
    const metrics = new MemoryMetrics();
    const clock = { now: () => t0 };
    const digest = new NodeDigest();
    let place: Place;
    let untouched: { readonly rows: readonly Row[]; readonly seals: readonly Row[] };
    const ports = () => ({ auditTrail: place.database.auditTrail, auditSeals: place.database.auditSeals, digest, clock, metrics });
    const verify = (fingerprint: number) => new VerifyAudit(ports()).execute({ fingerprint });
    const head = () => metrics.value('move_acces_audit_head_fingerprint');

    /** Rows 1 to 13 under seals that end at 3, 6, 9 and 13. Number 11 is free, as after a unit of work that came to nothing. */
    before(async function () {
      this.timeout(60_000);
      place = await open();
      await place.database.migrations.up();
      for (const end of [3, 6, 9, 13]) {
        for (let id = end === 13 ? 10 : end - 2; id <= end; id += 1) await place.database.stores.audit.record(numbered(id));
        await place.query('delete from audit_logs where id = 11');
        await new SealAudit(ports()).execute();
      }
      untouched = { rows: await allOf('audit_logs'), seals: await allOf('audit_seals') };
      expect(untouched.rows.map((row) => Number(row.id))).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13]);
    });
    after(() => place?.[Symbol.asyncDispose]());
    afterEach(async () => {
      await putBack('audit_logs', untouched.rows);
      await putBack('audit_seals', untouched.seals);
    });

    type Row = Readonly<Record<string, unknown>>;
    const allOf = async (table: string) => (await place.query(`select ${columns[table]} from ${table} order by id`)) as Row[];
    const putBack = async (table: string, rows: readonly Row[]) => {
      await place.query(`delete from ${table}`);
      for (const row of rows) {
        const marks = Object.keys(row).map(() => '?');
        await place.query(`insert into ${table} (${Object.keys(row).join(', ')}) values (${marks.join(', ')})`, Object.values(row));
      }
    };

    it('is as it was sealed', async () => {
      expect((await verify(head())).broken).to.equal(null);
    });

    for (const [what, statements, fault, range] of tampering) {
      it(`reveals ${what}`, async () => {
        for (const statement of statements) await place.query(statement);
        const { broken } = await verify(head());
        expect(broken?.fault).to.equal(fault);
        expect(broken?.range && [broken.range.firstRowId, broken.range.lastRowId]).to.deep.equal(range);
      });
    }
  });
}

/** As text where the driver would make something else of it. */
const columns: Readonly<Record<string, string>> = {
  audit_logs: `id, concat(occurred_at, '') as occurred_at, event, outcome, user_id, session_id, actor, ip, user_agent, request_id, details`,
  audit_seals: `id, kind, first_row_id, last_row_id, row_count, rows_hash, previous_hash, hash, concat(sealed_at, '') as sealed_at`,
};

const numbered = (id: number) =>
  auditEvent({ occurredAt: t0 + id, event: 'login', outcome: 'success', userId: userId(id), origin, details: { n: id } });
