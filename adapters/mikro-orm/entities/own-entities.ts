import type { InferKyselyDB } from '@mikro-orm/sql';
import type { Kysely } from 'kysely';
import { AuditLog } from './audit-log.js';
import { AuditSealEntity } from './audit-seal-entity.js';
import { AuthCredential } from './auth-credential.js';
import { AuthDefinition } from './auth-definition.js';
import { AuthEmailClaim } from './auth-email-claim.js';
import { AuthSession } from './auth-session.js';

/** The tables of ours that are read and written by the stores. */
export const ownEntities = [AuditLog, AuditSealEntity, AuthCredential, AuthDefinition, AuthEmailClaim, AuthSession] as const;

/** Their columns by table, as the entities define them. */
export type OwnTables = InferKyselyDB<(typeof ownEntities)[number]>;

/** A query builder over the tables of ours, on a pool or in a transaction. The existing tables are spoken to in SQL. */
export type Db = Kysely<OwnTables>;
