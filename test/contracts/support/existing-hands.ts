import type { AuditEvent } from '../../../core/domain/audit/audit-event.js';
import { type SessionId, type UserId, userId } from '../../../core/domain/ids.js';
import type { SubscriptionPeriod } from '../../../core/domain/subscriptions/subscription.js';
import type { ForeignUser, StoreHarness } from '../../kit/contracts/support/store-harness.js';

/** Runs one statement, with `?` for parameters, past all of our own code. */
export type Query = (sql: string, params?: unknown[]) => Promise<unknown[]>;

/** The part of a harness that goes past our code. */
export type Hands = Omit<StoreHarness, 'stores' | 'unitOfWork' | 'existingSchema' | 'allowDuplicateEmails' | 'dispose'>;

const statuses = { good: 'actif', cancelled: 'resilie', unpaid: 'impaye' } as const;

/** What the other applications do to the reference tables, in plain SQL that every database takes. */
export function existingHands(query: Query): Hands {
  return {
    addUser: async (user) => addUser(query, user),
    deleteUser: async (id) => {
      for (const statement of [
        'delete from abonnement where user_id = ?',
        'delete from acces_app where user_id = ?',
        'delete from users where id = ?',
      ]) {
        await query(statement, [id]);
      }
    },
    setForeignEmail: async (id, email) => void (await query('update users set email = ? where id = ?', [email, id])),
    setForeignHash: async (id, hash) => void (await query('update acces_app set mot_de_passe = ? where user_id = ?', [hash, id])),
    addPeriod: async (id, period) => addPeriod(query, id, period),
    auditRows: () => readAudit(query),
  };
}

async function addUser(query: Query, user: ForeignUser): Promise<UserId> {
  const { email, firstName = 'Jean', lastName = 'Dupont', phone = null, isEnabled = true, passwordHash = null } = user;
  await query('insert into users (email, prenom, nom, telephone, statut, date_creation) values (?, ?, ?, ?, ?, ?)', [
    email,
    firstName ?? '',
    lastName ?? '',
    phone,
    isEnabled ? 'actif' : 'suspendu',
    '2020-02-29 12:34:56',
  ]);
  const [row] = (await query('select max(id) as id from users')) as { id: number }[];
  const id = userId(row?.id ?? 0);
  if (passwordHash !== null) await query('insert into acces_app (user_id, mot_de_passe) values (?, ?)', [id, passwordHash]);
  return id;
}

async function addPeriod(query: Query, id: UserId, { plan, startsAt, endsAt, standing }: SubscriptionPeriod): Promise<void> {
  const day = (instant: number) => new Date(instant).toISOString().slice(0, 10);
  await query('insert into abonnement (user_id, formule, date_debut, date_fin, statut) values (?, ?, ?, ?, ?)', [
    id,
    plan,
    day(startsAt),
    endsAt === null ? null : day(endsAt),
    statuses[standing],
  ]);
}

const auditSql = `select concat(occurred_at, '') as occurred_at, event, outcome, user_id, session_id, actor, ip, user_agent, request_id, details
  from audit_logs order by id`;

/** Everything recorded, oldest first. */
export const readAudit = async (query: Query): Promise<readonly AuditEvent[]> =>
  (await query(auditSql)).map((row) => auditEventOf(row as Record<string, string | null>));

function auditEventOf(row: Readonly<Record<string, string | null>>): AuditEvent {
  return {
    occurredAt: Date.parse(`${row.occurred_at?.replace(' ', 'T')}Z`),
    event: row.event as AuditEvent['event'],
    outcome: row.outcome as AuditEvent['outcome'],
    userId: row.user_id as UserId | null,
    sessionId: row.session_id as SessionId | null,
    actor: row.actor ?? '',
    origin: { ip: row.ip ?? null, userAgent: row.user_agent ?? null, requestId: row.request_id ?? null },
    details: JSON.parse(row.details ?? ''),
  };
}
