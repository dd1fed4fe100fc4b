import type { Revocation } from '../../../core/domain/sessions/session.js';
import type { Logger } from '../../../core/ports/operations/logger.js';
import type { RevocationFeed, RevocationListener } from '../../../core/ports/sessions/revocation-feed.js';
import type { MessageGuard } from '../message-guard.js';
import type { RedisConnection } from '../redis-connection.js';
import { maxRevocations } from './revocation-entry.js';
import { RevocationFollower } from './revocation-follower.js';
import { appendToStream } from './revocation-stream.js';

export interface RedisRevocationFeedOptions {
  readonly redis: RedisConnection;
  readonly guard: MessageGuard;
  readonly logger: Logger;
}

/** Max time in milliseconds until a follower's read returns, with or without revocations. */
const blockMs = 300;

/** Delivers revocations between processes by a stream. Unlike a channel, a stream shows a follower whether it missed an entry. */
export class RedisRevocationFeed implements RevocationFeed {
  readonly #options: RedisRevocationFeedOptions;
  #isMute = false;

  constructor(options: RedisRevocationFeedOptions) {
    this.#options = options;
  }

  async announce(revocations: readonly Revocation[]): Promise<void> {
    const { redis, guard, logger } = this.#options;
    try {
      for (let start = 0; start < revocations.length; start += maxRevocations) {
        await appendToStream(redis.client, revocations.slice(start, start + maxRevocations), guard);
      }
      this.#isMute = false;
    } catch (error) {
      if (!this.#isMute) logger.warn('revocations cannot be announced: other processes read them from the database', { error });
      this.#isMute = true;
    }
  }

  async follow(listener: RevocationListener): Promise<{ stop(): Promise<void> }> {
    const { redis, guard } = this.#options;
    const follower = new RevocationFollower({ client: redis.blockingClient({ blockMs }), listener, guard, blockMs });
    await follower.start();
    return follower;
  }
}
