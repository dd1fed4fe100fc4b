import { relative } from 'node:path';
import Mocha, { type MochaOptions, type Runnable, type Runner, type Test } from 'mocha';
import { projectRoot } from '../../test/support/project-root.js';

const slowestShown = 10;
/** More tests that need a second attempt than this are no accident: the run fails. A busy machine may be given more. */
const maxRetried = Number(process.env['RETRIED_TESTS_MAX'] ?? 10);

interface Usage {
  cases: number;
  /** Of tests and hooks. */
  ms: number;
}

/** Mocha's own report, followed by the tests that were retried, where the time was spent, and the slowest files. */
class SuiteReporter extends Mocha.reporters.Spec {
  readonly #files = new Map<string, Usage>();
  readonly #retries = new Map<string, string[]>();

  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options);
    const { EVENT_TEST_END, EVENT_HOOK_END, EVENT_TEST_RETRY } = Mocha.Runner.constants;
    runner.on(EVENT_TEST_END, (test: Test) => this.#add(test, 1));
    runner.on(EVENT_HOOK_END, (hook: Runnable) => this.#add(hook, 0));
    runner.on(EVENT_TEST_RETRY, (test: Test, error: Error) => this.#noteRetry(test, error));
  }

  override epilogue(): void {
    super.epilogue();
    this.#printRetries();
    this.#failForRetries();
    if (this.#files.size > 1) this.#printTimes();
  }

  #add({ file, duration }: Runnable, cases: number): void {
    const name = nameOf(file);
    const usage = this.#files.get(name) ?? { cases: 0, ms: 0 };
    this.#files.set(name, { cases: usage.cases + cases, ms: usage.ms + (duration ?? 0) });
  }

  #noteRetry(test: Test, error: Error): void {
    const title = `${nameOf(test.file)}: ${test.fullTitle()}`;
    const [reason = ''] = error.message.split('\n');
    this.#retries.set(title, [...(this.#retries.get(title) ?? []), reason]);
  }

  #printRetries(): void {
    const count = [...this.#retries.values()].flat().length;
    console.log(`  ${count} ${count === 1 ? 'retry' : 'retries'}`);
    for (const [title, reasons] of this.#retries) for (const reason of reasons) console.log(`    ${title}\n      ${reason}`);
  }

  #failForRetries(): void {
    if (this.#retries.size <= maxRetried) return;
    console.log(`  ${this.#retries.size} tests were tried again, more than ${maxRetried}: the run fails`);
    this.runner.failures += 1; // its exit code; it is read after the reporters have ended
  }

  #printTimes(): void {
    const folders = new Map<string, Usage>();
    for (const [file, { cases, ms }] of this.#files) {
      const folder = folderOf(file);
      const sum = folders.get(folder) ?? { cases: 0, ms: 0 };
      folders.set(folder, { cases: sum.cases + cases, ms: sum.ms + ms });
    }
    console.log('\n  seconds by folder');
    for (const [folder, usage] of byTime(folders)) console.log(line(folder, usage));
    console.log(`\n  the ${slowestShown} slowest files`);
    for (const [file, usage] of byTime(this.#files).slice(0, slowestShown)) console.log(line(file, usage));
    console.log();
  }
}

const byTime = (usages: ReadonlyMap<string, Usage>) => [...usages].sort(([, one], [, other]) => other.ms - one.ms);

const line = (name: string, { cases, ms }: Usage): string =>
  `${(ms / 1000).toFixed(1).padStart(8)} s ${String(cases).padStart(5)} cases  ${name}`;

const nameOf = (file: string | undefined): string =>
  file === undefined ? 'hooks of the run' : relative(`${projectRoot()}/dist/test`, file).replace(/\.js$/, '.ts');

/** `journeys/cli` and `hosts/ws`, but `contracts`. */
const folderOf = (file: string): string =>
  file
    .split('/')
    .slice(0, /^(journeys|hosts)\/.*\//.test(file) ? 2 : 1)
    .join('/');

// biome-ignore lint/style/noDefaultExport: mocha takes a reporter by its default export
export default SuiteReporter;
