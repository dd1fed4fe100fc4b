import { Command } from 'commander';

export interface Example {
  readonly line: string;
  /** What it does, as the end of "this line …". */
  readonly what: string;
}

/** A command whose help shows examples. All of the program's commands are made of it. */
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

  /** `line` is what follows `move-acces`. */
  example(line: string, what: string): this {
    this.#examples.push({ line: `move-acces ${line}`.trimEnd(), what });
    return this;
  }

  /** Adds the option that every command has which tells something. */
  withJson(): this {
    return this.option('--json', 'print JSON, times in UTC');
  }

  #exampleText(): string {
    if (this.#examples.length === 0) return '';
    const lines = this.#examples.flatMap(({ line, what }) => [`  # ${what}`, `  ${line}`]);
    return `\nExamples:\n${lines.join('\n')}`;
  }
}
