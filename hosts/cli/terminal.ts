import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { jsonLine } from './output/json-line.js';
import { type Paint, paintFor } from './output/paint.js';
import { ProgressBar } from './output/progress-bar.js';

export interface TerminalOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The input and output of a command: results go to standard output, all other text to standard error. */
export class Terminal {
  readonly #options: TerminalOptions;
  /** For standard output. */
  readonly paint: Paint;

  constructor(options: TerminalOptions) {
    this.#options = options;
    this.paint = paintFor(options.stdout, options.env);
    // A reader that stops early (`| head`) has all the output that it needs.
    options.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit(0);
    });
  }

  /** Whether a user at a terminal can confirm an action. */
  get isInteractive(): boolean {
    return this.#options.stdin.isTTY === true && this.#options.stderr.isTTY === true;
  }

  print(...lines: readonly string[]): void {
    if (lines.length > 0) this.#options.stdout.write(`${lines.join('\n')}\n`);
  }

  /** As `print`, and resolves when the reader has received it: for output of any length. */
  async printPaced(...lines: readonly string[]): Promise<void> {
    const { stdout } = this.#options;
    if (lines.length > 0 && !stdout.write(`${lines.join('\n')}\n`)) await once(stdout, 'drain');
  }

  /** Each value on a line of its own. */
  printJson(...values: readonly unknown[]): void {
    this.print(...values.map(jsonLine));
  }

  /** Prints text that is not a result. */
  note(line: string): void {
    this.#options.stderr.write(`${line}\n`);
  }

  /** Lets the user confirm an action. Any input but yes counts as no, and so does the end of the input. */
  async confirm(question: string): Promise<boolean> {
    const { stdin, stderr } = this.#options;
    const asking = createInterface({ input: stdin, output: stderr });
    const ended = new Promise<string>((resolve) => asking.once('close', () => resolve('')));
    try {
      const answer = await Promise.race([asking.question(`${question} [y/N] `), ended]);
      return /^y(es)?$/i.test(answer.trim());
    } finally {
      asking.close();
    }
  }

  /** Reads standard input to its end, without the end of its last line. */
  async readInput(): Promise<string> {
    return (await text(this.#options.stdin)).replace(/\r?\n$/, '');
  }

  progress(total: number): ProgressBar {
    return new ProgressBar({ stream: this.#options.stderr, total });
  }
}
