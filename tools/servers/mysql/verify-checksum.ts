import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** A file is not the pinned one. */
export class ChecksumError extends Error {}

/** @throws ChecksumError where the SHA-256 of the file differs */
export async function verifyChecksum(file: string, sha256: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const actual = hash.digest('hex');
  if (actual !== sha256) throw new ChecksumError(`${basename(file)} has the SHA-256 ${actual}, expected ${sha256}`);
}
