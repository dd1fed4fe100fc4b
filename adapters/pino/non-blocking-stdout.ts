import { writeSync } from 'node:fs';

export interface NonBlockingStdoutOptions {
  /** What may wait for a reader, in bytes; lines beyond that are dropped and counted. */
  readonly backlogBytes?: number;
  /** Writes what there is room for and says how many bytes that was; throws as `fs.writeSync` does. */
  readonly write?: (bytes: Uint8Array) => number;
}

const retryMs = 20;
/** Lines that are written at once at most. */
const batch = 200;
const farewellMs = 200;

/**
 * Standard output that does not block the process. It writes the lines of one event-loop turn together, because under load a write costs
 * more time than its line. At exit it writes the lines that still wait, for at most 200 ms. While no process reads the output, lines wait,
 * up to `backlogBytes`. It drops lines beyond that limit, and when the disk is full or the reader is gone. As soon as it can write again,
 * a line of its own states how many it dropped.
 */
export class NonBlockingStdout {
  readonly #write: (bytes: Uint8Array) => number;
  readonly #backlogBytes: number;
  readonly #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #dropped = 0;
  /** The line that is written now has a part on the way already. */
  #isBegun = false;
  #isTorn = false;
  #retry: NodeJS.Timeout | NodeJS.Immediate | null = null;

  constructor({ backlogBytes = 1024 * 1024, write = standardOutput() }: NonBlockingStdoutOptions = {}) {
    this.#backlogBytes = backlogBytes;
    this.#write = write;
  }

  write(line: string): void {
    const bytes = Buffer.from(line);
    if (this.#waitingBytes + bytes.length > this.#backlogBytes) this.#dropped += 1;
    else this.#enqueue(bytes);
    if (this.#retry !== null) return;
    process.on('exit', this.#sayFarewell);
    this.#retry = setImmediate(() => this.#send());
  }

  #enqueue(bytes: Uint8Array): void {
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
  }

  /** False when something waits for a reader. */
  #flush(): boolean {
    for (let [next] = this.#waiting; next !== undefined; [next] = this.#waiting) {
      try {
        if (this.#isTorn) this.#write(Buffer.from('\n'));
        this.#isTorn = false;
        this.#take(this.#write(this.#waiting.length === 1 ? next : Buffer.concat(this.#waiting.slice(0, batch))));
        if (this.#waiting.length === 0) this.#tellDropped();
      } catch (error) {
        if (isFull(error)) return false;
        this.#giveUp(next);
      }
    }
    return true;
  }

  /** So many bytes of what waits are written. */
  #take(written: number): void {
    this.#waitingBytes -= written;
    for (let left = written; left > 0; ) {
      const [next] = this.#waiting;
      if (next === undefined) return;
      this.#isBegun = left < next.length;
      if (this.#isBegun) this.#waiting[0] = next.subarray(left);
      else this.#waiting.shift();
      left -= next.length;
    }
  }

  #giveUp(line: Uint8Array): void {
    this.#waiting.shift();
    this.#waitingBytes -= line.length;
    this.#dropped += 1;
    this.#isTorn ||= this.#isBegun;
    this.#isBegun = false;
  }

  #tellDropped(): void {
    if (this.#dropped === 0) return;
    const line = { level: 'warn', time: new Date().toISOString(), dropped: this.#dropped, msg: 'log lines were dropped' };
    this.#dropped = 0;
    this.#enqueue(Buffer.from(`${JSON.stringify(line)}\n`));
  }

  /** Writes what there is room for, and comes back to the rest. */
  #send(): void {
    if (this.#flush()) {
      this.#retry = null;
      process.off('exit', this.#sayFarewell);
    } else {
      this.#retry = setTimeout(() => this.#send(), retryMs).unref();
    }
  }

  /** At the end of the process nothing else is kept from its work. */
  readonly #sayFarewell = (): void => {
    const endsAt = performance.now() + farewellMs;
    while (!this.#flush() && performance.now() < endsAt) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
  };
}

/** Opening Node's own stream makes a pipe one that refuses instead of waiting; its queue would be lost at an exit, so it is passed by. */
function standardOutput(): (bytes: Uint8Array) => number {
  void process.stdout;
  return (bytes) => writeSync(1, bytes);
}

const isFull = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EAGAIN';
