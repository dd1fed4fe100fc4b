import { defineEntity, p } from '@mikro-orm/core';

/** A row of `auth_credentials`: a hash that stands in for the one in the existing table for as long as that one is the same. */
export const AuthCredential = defineEntity({
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
