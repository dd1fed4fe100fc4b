import { Command } from 'commander';

export interface Example {
  readonly line: string;
  /** The effect of the line, as the end of "this line …". */
  readonly what: string;
}

/** A command whose help shows examples. All of the program's commands are instances of it. */
export class CliCommand extends Command {
  readonly #examples: Example[] = [];

  constructor(name?: string) {
    super(name);
    this.addHelpText('after', () => this.#exampleText());
  }

  get examples(): readonly Example[] {
    return this.#examples;
  }

  override createCommand(name?: string): CliCommand {
    return new CliCommand(name);
  }

  /** `line` is the part after `move-acces`. */
  example(line: string, what: string): this {
    this.#examples.push({ line: `move-acces ${line}`.trimEnd(), what });
    return this;
  }

  /** Adds the `--json` option, which every command with output has. */
  withJson(): this {
    return this.option('--json', 'print JSON, times in UTC');
  }

  #exampleText(): string {
    if (this.#examples.length === 0) return '';
    const lines = this.#examples.flatMap(({ line, what }) => [`  # ${what}`, `  ${line}`]);
    return `\nExamples:\n${lines.join('\n')}`;
  }
}
