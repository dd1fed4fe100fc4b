import { defineEntity, p } from '@mikro-orm/core';

/** A row of `auth_email_claims`: whose the canonical address is. */
export const AuthEmailClaim = defineEntity({
  name: 'AuthEmailClaim',
  tableName: 'auth_email_claims',
  properties: {
    email: p.string().primary(),
    /** Empty while the registration that claims it is not committed. */
    userId: p.string(),
  },
});
