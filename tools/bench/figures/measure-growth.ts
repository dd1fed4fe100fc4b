import { setTimeout as delay } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { projectRoot } from '../../../test/support/project-root.js';
import { measureOne } from '../measure.js';
import { median } from '../median.js';
import { accountsNeeded, type ScenarioName } from '../scenarios.js';
import { type OurSubject, startOurs } from '../subjects/start-ours.js';
import type { Figure } from './figure.js';
import type { FigureContext } from './figure-context.js';

const grown: readonly ScenarioName[] = ['me', 'refresh', 'login'];
const rounds = 3;

/** Measures the same requests in turn on empty tables, and on tables with many users and sessions and twice as many audit rows. */
export async function measureGrowth({ infrastructure, seconds, rows }: FigureContext): Promise<readonly Figure[]> {
  const options = { name: 'ours', checkout: projectRoot(), accounts: accountsNeeded } as const;
  await using small = await startOurs(infrastructure, options);
  await using large = await startOurs(infrastructure, options);
  await fill(large, rows);
  const figures: Figure[] = [];
  for (const name of grown) {
    const rates: number[] = [];
    const work: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const before = await measureOne(name, small, { seconds });
      const after = await measureOne(name, large, { seconds });
      rates.push(after.perSecond / before.perSecond);
      work.push((after.cpuMs.database ?? Number.NaN) / (before.cpuMs.database ?? Number.NaN));
    }
    figures.push(
      { what: `${name}, ${rows} users`, unit: 'times the rate of empty tables', ours: median(rates), bar: { min: 0.9 } },
      { what: `${name}, ${rows} users`, unit: "times the database's work", ours: median(work) },
    );
  }
  return figures;
}

async function fill({ databaseUrl }: OurSubject, rows: number): Promise<void> {
  const connection = await createConnection(databaseUrl);
  const run = (sql: string) => connection.query(sql);
  await run('create table bench_numbers (n int not null primary key)');
  await run('insert into bench_numbers values (0)');
  for (let size = 1; size < rows; size *= 2)
    await run(`insert into bench_numbers select n + ${size} from bench_numbers where n + ${size} < ${rows}`);
  await run(`insert into users (email, prenom, nom) select concat('crowd-', n, '@example.com'), 'Crowd', 'User' from bench_numbers`);
  await run("insert into acces_app (user_id, mot_de_passe) select id, '!' from users where email like 'crowd-%'");
  await run(
    "insert into abonnement (user_id, formule, date_debut) select id, 'annuel', '2026-01-01' from users where email like 'crowd-%'",
  );
  await run(`insert into auth_sessions (id, user_id, refresh_counter, created_at, last_seen_at, idle_expires_at, expires_at)
    select lower(concat(lpad(hex(n), 8, '0'), '-0000-7000-8000-', lpad(hex(n), 12, '0'))), n, 0, 0, 0, 4102444800000, 4102444800000 from bench_numbers`);
  for (let copy = 0; copy < 2; copy += 1) {
    await run(`insert into audit_logs (occurred_at, event, outcome, user_id, actor, details)
      select '2026-01-01', 'login', 'success', n, 'user', '{}' from bench_numbers`);
  }
  await run('drop table bench_numbers');
  await run('analyze table users, acces_app, abonnement, auth_sessions, audit_logs');
  // the server seals the existing rows first: that is not part of the measurement
  for (let unsealed = true; unsealed; ) {
    await delay(1000);
    const [found] = await connection.query<(import('mysql2').RowDataPacket & { behind: number })[]>(
      'select (select max(id) from audit_logs) - coalesce((select max(last_row_id) from audit_seals), 0) as behind',
    );
    unsealed = Number(found[0]?.behind) > 1000;
  }
  await connection.end();
}
