import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyDB } from '@mikro-orm/sql';
import type { Kysely } from 'kysely';

/** A row of `audit_logs`. */
const AuditLog = defineEntity({
  name: 'AuditLog',
  tableName: 'audit_logs',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    /** `YYYY-MM-DD hh:mm:ss.mmm`, UTC, on every database alike. */
    occurredAt: p.string().columnType('datetime(3)'),
    event: p.string(),
    outcome: p.string(),
    userId: p.string().nullable(),
    sessionId: p.string().nullable(),
    actor: p.string(),
    ip: p.string().nullable(),
    userAgent: p.string().nullable(),
    requestId: p.string().nullable(),
    /** A JSON object as text. */
    details: p.text(),
  },
});

/** A row of `audit_seals`. */
const AuditSealEntity = defineEntity({
  name: 'AuditSeal',
  tableName: 'audit_seals',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    kind: p.string(),
    firstRowId: p.bigint('number'),
    lastRowId: p.bigint('number'),
    rowCount: p.integer(),
    rowsHash: p.string(),
    previousHash: p.string(),
    hash: p.string(),
    /** `YYYY-MM-DD hh:mm:ss.mmm`, UTC, on every database alike. */
    sealedAt: p.string().columnType('datetime(3)'),
  },
});

/** A row of `auth_credentials`: a hash that stands in for the one in the existing table for as long as that one is the same. */
const AuthCredential = defineEntity({
  name: 'AuthCredential',
  tableName: 'auth_credentials',
  properties: {
    userId: p.string().primary(),
    passwordHash: p.string().hidden(),
    /** SHA-256 of the existing table's hash at the time of writing. */
    boundTo: p.string(),
    /** Milliseconds since 1970 UTC. */
    updatedAt: p.bigint('number'),
  },
});

/** A row of `auth_definitions`: what an existing table's definition was when it was accepted. */
const AuthDefinition = defineEntity({
  name: 'AuthDefinition',
  tableName: 'auth_definitions',
  properties: {
    tableName: p.string().primary(),
    /** SHA-256 in hexadecimal. */
    fingerprint: p.string(),
    /** Milliseconds since 1970 UTC. */
    keptAt: p.bigint('number'),
  },
});

/** A row of `auth_email_claims`: the account that has the canonical address. */
const AuthEmailClaim = defineEntity({
  name: 'AuthEmailClaim',
  tableName: 'auth_email_claims',
  properties: {
    email: p.string().primary(),
    /** Empty while the registration that claims it is not committed. */
    userId: p.string(),
  },
});

/** A row of `auth_sessions`. Instants are milliseconds since 1970 UTC. */
const AuthSession = defineEntity({
  name: 'AuthSession',
  tableName: 'auth_sessions',
  properties: {
    id: p.string().primary(),
    userId: p.string(),
    refreshCounter: p.integer(),
    deviceName: p.string().nullable(),
    userAgent: p.string().nullable(),
    ip: p.string().nullable(),
    createdAt: p.bigint('number'),
    lastSeenAt: p.bigint('number'),
    rotatedAt: p.bigint('number').nullable(),
    idleExpiresAt: p.bigint('number'),
    expiresAt: p.bigint('number'),
    revokedAt: p.bigint('number').nullable(),
    revocationReason: p.string().nullable(),
  },
});

/** The product's own tables that the stores read and write. */
export const ownEntities = [AuditLog, AuditSealEntity, AuthCredential, AuthDefinition, AuthEmailClaim, AuthSession] as const;

/** Their columns by table, as the entities define them. */
export type OwnTables = InferKyselyDB<(typeof ownEntities)[number]>;

/** A query builder over these tables, on a pool or in a transaction. Statements on the existing tables are written in SQL. */
export type Db = Kysely<OwnTables>;
