import type { EmailAddress } from '../../domain/accounts/email-address.js';
import type { UserId } from '../../domain/ids.js';
import type { Instant } from '../../domain/instant.js';

/** What a password is checked against. */
export interface Credential {
  readonly userId: UserId;
  /** The hash in force, in whatever format it was written. Never logged, never in an answer. */
  readonly passwordHash: string;
  /** As `User.isEnabled`, at the time of reading. */
  readonly isEnabled: boolean;
}

export type CredentialLookup =
  | { readonly kind: 'found'; readonly credential: Credential }
  | { readonly kind: 'none' }
  /** More than one active account has this address, which another application let happen. None of them is guessed at. */
  | { readonly kind: 'ambiguous' };

/** The password hashes of the existing credentials table, and of ours where theirs is too narrow or closed to us. */
export interface CredentialStore {
  /**
   * One round trip. Of several accounts with this address the active one; where all are closed, one of them. An account without a hash is
   * `none`.
   */
  findByEmail(email: EmailAddress): Promise<CredentialLookup>;

  findByUser(id: UserId): Promise<Credential | null>;

  /**
   * For a new account: runs inside the unit of work that inserted the user.
   * @throws AuthError `validation_failed` when the table refuses the row by a rule of its own
   */
  add(id: UserId, passwordHash: string): Promise<void>;

  /**
   * Notes a login, and puts `upgradedHash` in force if one is given: in one step, and only if the credential is still the one
   * that was judged. False when its hash was changed since, by whatever application: then nothing is written. Holds the
   * credential until the unit of work ends. A table that refuses to note a login by a rule of its own prevents no login.
   * @throws AuthError `validation_failed` when it refuses `upgradedHash`
   */
  recordLogin(login: { readonly credential: Credential; readonly at: Instant; readonly upgradedHash: string | null }): Promise<boolean>;

  /**
   * Puts a new hash in force if the credential is still the one that was judged; false when it is not. Holds it as `recordLogin` does.
   * @throws AuthError `validation_failed` when the table refuses it
   */
  replace(credential: Credential, passwordHash: string): Promise<boolean>;
}
