/** Why a mapping cannot be used: every problem in one line, each with the path in the JSON. */
export class SchemaMapError extends Error {
  override readonly name = 'SchemaMapError';
  readonly problems: readonly string[];

  /** `file` is how the mapping is called in the message. */
  constructor(file: string, problems: readonly string[]) {
    super(`${file}: ${problems.join('; ')}`);
    this.problems = problems;
  }
}
