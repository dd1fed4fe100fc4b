import { defineEntity, p } from '@mikro-orm/core';

/** A row of `auth_definitions`: what an existing table's definition was when it was accepted. */
export const AuthDefinition = defineEntity({
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
