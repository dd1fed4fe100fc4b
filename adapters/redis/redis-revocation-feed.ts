import type { Revocation } from '../../core/domain/session.js';
import type { Logger } from '../../core/ports/logger.js';
import type { RevocationFeed, RevocationListener } from '../../core/ports/revocation-feed.js';
import type { RedisConnection } from './redis-connection.js';
import { RevocationFollower } from './revocation-follower.js';
import { appendToStream } from './revocation-stream.js';

export interface RedisRevocationFeedOptions {
  readonly redis: RedisConnection;
  readonly logger: Logger;
}

/** A follower hears this often, with or without news. */
const blockMs = 300;
/** Revocations told in one entry, at most. */
const entrySize = 100;

/** Carries revocations between processes by a stream, which unlike a channel shows a follower whether it missed something. */
export class RedisRevocationFeed implements RevocationFeed {
  readonly #redis: RedisConnection;
  readonly #logger: Logger;
  #isMute = false;

  constructor({ redis, logger }: RedisRevocationFeedOptions) {
    this.#redis = redis;
    this.#logger = logger;
  }

  async announce(revocations: readonly Revocation[]): Promise<void> {
    try {
      for (let start = 0; start < revocations.length; start += entrySize) {
        await appendToStream(this.#redis.client, revocations.slice(start, start + entrySize));
      }
      this.#isMute = false;
    } catch (error) {
      if (!this.#isMute) this.#logger.warn('revocations cannot be announced: other processes read them from the database', { error });
      this.#isMute = true;
    }
  }

  async follow(listener: RevocationListener): Promise<{ stop(): Promise<void> }> {
    const follower = new RevocationFollower({ client: this.#redis.blockingClient({ blockMs }), listener, blockMs });
    await follower.start();
    return follower;
  }
}
