/** Output of servers since the last call: the hashes to search for are known only when the database is read. */
const outputs: string[] = [];

export const keepOutput = (output: string): void => void outputs.push(output);

export const takeOutputs = (): string => outputs.splice(0).join('\n');
