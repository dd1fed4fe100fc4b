import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** Shorter ones fit in a packet as they are. */
const smallestToCompress = 1024;

export interface StaticFileOptions {
  readonly contentType: string;
  readonly maxAgeSeconds: number;
  /** Called once, for the first request. */
  readonly read: () => Buffer | string;
  /** Fields besides the usual ones. */
  readonly headers?: Readonly<Record<string, string>>;
  /** False for what is compressed by its format. */
  readonly isCompressible?: boolean;
}

export interface FileContent {
  readonly bytes: Buffer;
  /** Weak (RFC 9110 §8.8.1): the same for the compressed bytes. */
  readonly etag: string;
}

/** A file that is the same for each client: read once, compressed once, and kept in memory from then on. */
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

  /** Null for what is sent as it is. */
  async compressed(): Promise<Buffer | null> {
    const { bytes } = this.content;
    if (this.options.isCompressible === false || bytes.length < smallestToCompress) return null;
    this.#compressed ??= promisify(gzip)(bytes);
    return await this.#compressed;
  }
}
