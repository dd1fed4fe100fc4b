import { sql } from 'kysely';
import type { Db } from './own-entities.js';
import { inTransaction } from './sql/transaction.js';

/**
 * The reference tables as the embedded database has them. Addresses are compared without regard to case (of ASCII letters: what is
 * registered is stored in canonical form anyway); times are texts in UTC, `YYYY-MM-DD hh:mm:ss`.
 */
const definitions = [
  `create table users (
    id integer primary key autoincrement,
    email varchar(191) not null collate nocase unique,
    prenom varchar(100) not null,
    nom varchar(100) not null,
    telephone varchar(32),
    statut text not null default 'actif' check (statut in ('actif', 'suspendu', 'supprime')),
    date_creation text not null default current_timestamp,
    date_modification text
  )`,
  `create table acces_app (
    id integer primary key autoincrement,
    user_id integer not null unique references users (id),
    mot_de_passe varchar(255) not null,
    derniere_connexion text,
    actif integer not null default 1
  )`,
  `create table abonnement (
    id integer primary key autoincrement,
    user_id integer not null references users (id),
    formule varchar(50) not null,
    date_debut text not null,
    date_fin text,
    statut text not null default 'actif' check (statut in ('actif', 'resilie', 'impaye'))
  )`,
  'create index ix_abonnement_user on abonnement (user_id, date_debut)',
];

/** Creates them in a file without any table: a file that has tables belongs to another application. */
export async function createEmbeddedTables(db: Db): Promise<void> {
  await inTransaction(db, async (transaction) => {
    const { rows } = await sql`select 1 from sqlite_master where type = 'table' and name not like 'sqlite_%' limit 1`.execute(transaction);
    if (rows.length > 0) return;
    for (const definition of definitions) await sql.raw(definition).execute(transaction);
  });
}
