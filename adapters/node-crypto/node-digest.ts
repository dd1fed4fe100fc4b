import { createHash } from 'node:crypto';
import type { Digest } from '../../core/ports/digest.js';

/** SHA-256 of Node.js. */
export class NodeDigest implements Digest {
  sha256(text: string): string {
    return createHash('sha256').update(text).digest('hex');
  }
}
