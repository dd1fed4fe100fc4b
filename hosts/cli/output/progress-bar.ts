const barWidth = 30;
const redrawMs = 100;

/** The progress of long work, on one line that is redrawn. Prints nothing where the output is not a terminal. */
export class ProgressBar implements Disposable {
  readonly #stream: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly #total: number;
  readonly #startedAt = performance.now();
  #drawnAt = Number.NEGATIVE_INFINITY;

  constructor({ stream, total }: { readonly stream: { readonly isTTY?: boolean; write(text: string): unknown }; readonly total: number }) {
    this.#stream = stream;
    this.#total = total;
  }

  show(done: number): void {
    const now = performance.now();
    if (this.#stream.isTTY !== true || (done < this.#total && now - this.#drawnAt < redrawMs)) return;
    this.#drawnAt = now;
    const share = this.#total === 0 ? 1 : Math.min(1, done / this.#total);
    const filled = Math.round(share * barWidth);
    const left = share === 0 ? null : Math.round(((now - this.#startedAt) * (1 - share)) / share / 1000);
    const bar = '#'.repeat(filled) + '-'.repeat(barWidth - filled);
    const percent = `${Math.floor(share * 100)}%`.padStart(4);
    this.#stream.write(`\r[${bar}] ${percent}  ${done}/${this.#total}${left === null ? '' : `  ${left} s left`}\u001b[K`);
  }

  /** Removes the line. */
  [Symbol.dispose](): void {
    if (!Number.isFinite(this.#drawnAt)) return;
    this.#drawnAt = Number.NEGATIVE_INFINITY;
    this.#stream.write('\r\u001b[K');
  }
}
