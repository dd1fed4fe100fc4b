import type { EmailAddress } from '../../domain/accounts/email-address.js';
import type { NewUser } from '../../domain/accounts/user.js';
import type { UserId } from '../../domain/ids.js';
import type { SubscriptionPeriod } from '../../domain/subscriptions/subscription.js';

/** A made-up account, with everything that belongs to it. */
export interface DemoAccount extends NewUser {
  readonly passwordHash: string;
  readonly periods: readonly SubscriptionPeriod[];
}

/** Addresses that belong to made-up accounts. */
export interface DemoAddresses {
  readonly emails: readonly EmailAddress[];
  /** Every address of this domain is made up. */
  readonly domain: string;
}

/** Accounts for a demonstration or a load test. This is the only writer of subscriptions, which the service itself only reads. */
export interface DemoAccounts {
  /** Returns whether an account exists with any other address. */
  hasOthers(addresses: DemoAddresses): Promise<boolean>;

  /**
   * Adds the accounts whose address no account has, many in one step, and returns the accounts that it added. Runs inside a unit of work.
   * When several calls, in any process, add the same account, exactly one of them adds it.
   */
  add(accounts: readonly DemoAccount[]): Promise<ReadonlyMap<EmailAddress, UserId>>;
}
