/** What servers have written since this was last taken: hashes are known only when their database is looked at. */
const outputs: string[] = [];

export const keepOutput = (output: string): void => void outputs.push(output);

export const takeOutputs = (): string => outputs.splice(0).join('\n');
