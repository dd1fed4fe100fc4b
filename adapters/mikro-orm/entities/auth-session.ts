import { defineEntity, p } from '@mikro-orm/core';

/** A row of `auth_sessions`. Instants are milliseconds since 1970 UTC. */
export const AuthSession = defineEntity({
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
