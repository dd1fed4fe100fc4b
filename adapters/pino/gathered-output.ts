import { destination } from 'pino';

/**
 * Standard output, to which the lines of one turn of the event loop go in one piece: with many requests at once, the calls into the
 * operating system cost more than the lines. Written synchronously, and at the latest when the process exits, so that no line is lost
 * by that. Goes silent once the reader of a pipe is gone (EPIPE).
 */
export class GatheredOutput {
  readonly #output = destination({ fd: 1, sync: true });
  #lines = '';

  constructor() {
    process.on('exit', () => this.#flush());
  }

  write(line: string): void {
    if (this.#lines === '') setImmediate(() => this.#flush());
    this.#lines += line;
  }

  #flush(): void {
    if (this.#lines === '') return;
    const lines = this.#lines;
    this.#lines = '';
    this.#output.write(lines);
  }
}
