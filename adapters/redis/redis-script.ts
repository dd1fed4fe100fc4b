import { createHash } from 'node:crypto';
import { gatherWrites } from './live/gather-writes.js';
import type { RedisClient } from './redis-client.js';

export interface ScriptCall {
  readonly client: RedisClient;
  /** In a cluster all keys are in one slot. */
  readonly keys: readonly string[];
  readonly args: readonly (string | number)[];
}

/** A Lua script, sent once and then called by its hash: one atomic step, one round trip. */
export class RedisScript {
  readonly #lua: string;
  readonly #sha: string;

  constructor(options: { readonly lua: string }) {
    this.#lua = options.lua;
    this.#sha = createHash('sha1').update(options.lua).digest('hex');
  }

  async run({ client, keys, args }: ScriptCall): Promise<unknown> {
    gatherWrites(client);
    try {
      return await client.evalsha(this.#sha, keys.length, ...keys, ...args);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return await client.eval(this.#lua, keys.length, ...keys, ...args);
    }
  }
}
