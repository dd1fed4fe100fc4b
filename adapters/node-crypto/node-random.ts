import { randomBytes } from 'node:crypto';
import type { Random } from '../../core/ports/random.js';

/** The operating system's randomness. */
export class NodeRandom implements Random {
  bytes(count: number): Uint8Array {
    return randomBytes(count);
  }
}
