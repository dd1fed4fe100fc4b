import { longestPauseSeconds, type RateRule, type RateVerdict } from '../../../core/domain/limits/rate-rule.js';
import type { RateLimitStore } from '../../../core/ports/limits/rate-limit-store.js';
import type { RedisConnection } from '../redis-connection.js';
import { redisReply } from '../redis-reply.js';
import { takeScript } from './take-script.js';

/**
 * Limits that all processes share: the exact log of each subject, in one script, by the server's clock.
 * @throws AuthError `dependency_unavailable` when Redis does not respond
 */
export class RedisRateLimitStore implements RateLimitStore {
  readonly #redis: RedisConnection;

  constructor(options: { readonly redis: RedisConnection }) {
    this.#redis = options.redis;
  }

  async take(rule: RateRule, subject: string): Promise<RateVerdict> {
    const log = logKey(rule, subject);
    const args = [rule.limit, rule.windowSeconds, rule.pausesFrom ?? rule.limit, longestPauseSeconds];
    const answer = await redisReply(takeScript.run({ client: this.#redis.client, keys: [log, `${log}:refused`], args }));
    // a cast: the script returns four integers
    const [allowed, remaining, resetSeconds, first] = answer as readonly [number, number, number, number];
    return { rule, isAllowed: allowed === 1, remaining, resetSeconds, isFirstRefusal: first === 1 };
  }

  async giveBack(rule: RateRule, subject: string): Promise<void> {
    await redisReply(this.#redis.client.lpop(logKey(rule, subject)));
  }
}

/** The braces put both keys of a subject in one slot of a cluster. */
const logKey = ({ name }: RateRule, subject: string): string => `ma:rl:{${name}:${subject}}`;
