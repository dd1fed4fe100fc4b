import type { TestDatabase } from '../../support/servers/test-database.js';

/** Of every account that `loadAccounts` makes. */
export const loadedPassword = 'Bienvenue-2024!';
const hash = '$argon2id$v=19$m=19456,t=2,p=1$x5hTSknJGSPkvBdCCKH0ng$gxsejy9AS1v+sj5UXb0HrA';

export const emailOf = (id: number): string => `p${String(id).padStart(7, '0')}@example.org`;

/** The reference tables with as many accounts as there are numbers up to 2 to this power. */
export async function loadAccounts(test: TestDatabase, power: number): Promise<void> {
  await test.loadExistingSchema({ rows: false });
  await test.query("insert into users (id, email, prenom, nom) values (1, ?, 'Zoé', 'Lemaître')", [emailOf(1)]);
  for (let step = 0; step < power; step += 1) {
    await test.query(
      `insert into users (id, email, prenom, nom) select id + ?, concat('p', lpad(id + ?, 7, '0'), '@example.org'), prenom, nom
       from users order by id`,
      [2 ** step, 2 ** step],
    );
  }
  await test.query('insert into acces_app (user_id, mot_de_passe) select id, ? from users order by id', [hash]);
  await test.query('analyze table users, acces_app');
}
