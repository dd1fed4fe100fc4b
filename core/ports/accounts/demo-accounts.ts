import type { EmailAddress } from '../../domain/accounts/email-address.js';
import type { NewUser } from '../../domain/accounts/user.js';
import type { UserId } from '../../domain/ids.js';
import type { SubscriptionPeriod } from '../../domain/subscriptions/subscription.js';

/** An account that is made up, with everything that belongs to it. */
export interface DemoAccount extends NewUser {
  readonly passwordHash: string;
  readonly periods: readonly SubscriptionPeriod[];
}

/** Addresses that belong to made-up accounts. */
export interface DemoAddresses {
  readonly emails: readonly EmailAddress[];
  /** Every address of this domain. */
  readonly domain: string;
}

/** Accounts for a demonstration or a load test: the one writer of subscriptions, which the service itself only reads. */
export interface DemoAccounts {
  /** Whether there are accounts of any other address. */
  hasOthers(addresses: DemoAddresses): Promise<boolean>;

  /**
   * Adds those whose address no account has, many in one step, and answers whom it added. Runs inside a unit of work; of several
   * that add the same accounts, in whatever process, one adds each.
   */
  add(accounts: readonly DemoAccount[]): Promise<ReadonlyMap<EmailAddress, UserId>>;
}
