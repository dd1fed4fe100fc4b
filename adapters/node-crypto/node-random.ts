import { randomFillSync } from 'node:crypto';
import type { Random } from '../../core/ports/random.js';

const poolBytes = 4096;

/** Random bytes of the operating system, read in blocks: a call costs more than the bytes that it returns. No byte is used twice. */
export class NodeRandom implements Random {
  readonly #pool = new Uint8Array(poolBytes);
  #given = poolBytes;

  bytes(count: number): Uint8Array {
    if (count > poolBytes) return randomFillSync(new Uint8Array(count));
    if (this.#given + count > poolBytes) {
      randomFillSync(this.#pool);
      this.#given = 0;
    }
    const start = this.#given;
    this.#given += count;
    return this.#pool.slice(start, this.#given);
  }
}
