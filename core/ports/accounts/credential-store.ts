import type { EmailAddress } from '../../domain/accounts/email-address.js';
import type { UserId } from '../../domain/ids.js';
import type { Instant } from '../../domain/instant.js';

/** The stored data that a password is checked against. */
export interface Credential {
  readonly userId: UserId;
  /** The current hash, in the format in which it was written. Never logged, never in a response. */
  readonly passwordHash: string;
  /** As `User.isEnabled`, at the time of the read. */
  readonly isEnabled: boolean;
}

export type CredentialLookup =
  | { readonly kind: 'found'; readonly credential: Credential }
  | { readonly kind: 'none' }
  /** Another application created more than one active account with this address. None of them is chosen. */
  | { readonly kind: 'ambiguous' };

/**
 * The password hashes of the existing credentials table. Where that table's column is too narrow or this product may not write to it, the
 * hashes of this product's own table.
 */
export interface CredentialStore {
  /**
   * One round trip. Of several accounts with this address, the active one; where all are closed, one of them. An account without a hash is
   * `none`.
   */
  findByEmail(email: EmailAddress): Promise<CredentialLookup>;

  findByUser(id: UserId): Promise<Credential | null>;

  /**
   * For a new account. Runs inside the unit of work that inserted the user.
   * @throws AuthError `validation_failed` when the table rejects the row by a rule of its own
   */
  add(id: UserId, passwordHash: string): Promise<void>;

  /**
   * Records a login, and makes `upgradedHash` the current hash if one is given: in one step, and only if the credential is still the one
   * that was verified. Returns false when any application changed its hash since: then nothing is written. Locks the credential until the
   * unit of work ends. A table that rejects the record of a login by a rule of its own does not prevent the login.
   * @throws AuthError `validation_failed` when the table rejects `upgradedHash`
   */
  recordLogin(login: { readonly credential: Credential; readonly at: Instant; readonly upgradedHash: string | null }): Promise<boolean>;

  /**
   * Makes a new hash the current one if the credential is still the one that was verified; returns false when it is not. Locks the
   * credential as `recordLogin` does.
   * @throws AuthError `validation_failed` when the table rejects it
   */
  replace(credential: Credential, passwordHash: string): Promise<boolean>;
}
