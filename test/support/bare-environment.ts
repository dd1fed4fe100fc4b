/** Nothing of the machine's own but what every process needs, and where coverage is collected. */
export function bareEnvironment(): Record<string, string> {
  const { PATH = '', NODE_V8_COVERAGE } = process.env;
  return { PATH, ...(NODE_V8_COVERAGE !== undefined && { NODE_V8_COVERAGE }) };
}
