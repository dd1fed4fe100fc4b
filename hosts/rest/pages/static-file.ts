import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** A shorter file fits in one packet uncompressed. */
const smallestToCompress = 1024;

export interface StaticFileOptions {
  readonly contentType: string;
  readonly maxAgeSeconds: number;
  /** Called once, for the first request. */
  readonly read: () => Buffer | string;
  /** Headers in addition to the usual ones. */
  readonly headers?: Readonly<Record<string, string>>;
  /** False for a format that is already compressed. */
  readonly isCompressible?: boolean;
}

export interface FileContent {
  readonly bytes: Buffer;
  /** Weak (RFC 9110 §8.8.1): the same for the compressed bytes. */
  readonly etag: string;
}

/** A file that is the same for each client: read once, compressed once, and then kept in memory. */
export class StaticFile {
  readonly options: StaticFileOptions;
  #content: FileContent | null = null;
  #compressed: Promise<Buffer> | null = null;

  constructor(options: StaticFileOptions) {
    this.options = options;
  }

  get content(): FileContent {
    if (this.#content !== null) return this.#content;
    const bytes = Buffer.from(this.options.read());
    const etag = `W/"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    this.#content = { bytes, etag };
    return this.#content;
  }

  /** Returns null for a file that is sent uncompressed. */
  async compressed(): Promise<Buffer | null> {
    const { bytes } = this.content;
    if (this.options.isCompressible === false || bytes.length < smallestToCompress) return null;
    this.#compressed ??= promisify(gzip)(bytes);
    return await this.#compressed;
  }
}
