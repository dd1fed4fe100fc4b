import type { DestinationStream } from 'pino';

/**
 * Passes the lines of one turn of the event loop on in one piece: with many requests at once, the calls into the operating system cost
 * more than the lines. At the latest when the process exits, so that no line is lost by that.
 */
export class GatheredOutput {
  readonly #output: DestinationStream;
  #lines = '';

  constructor(options: { readonly to: DestinationStream }) {
    this.#output = options.to;
    process.prependListener('exit', () => this.#flush());
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
