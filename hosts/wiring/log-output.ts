import type { Config } from '../config/config.js';

/** Pretty lines where a person looks on; null for JSON on standard output, which is for machines. `NODE_ENV=production` is for machines too. */
export async function logOutput({ logLevel }: Pick<Config, 'logLevel'>): Promise<{ write(line: string): void } | null> {
  if (logLevel === 'silent' || !process.stdout.isTTY || process.env.NODE_ENV === 'production') return null;
  const { terminalOutput } = await import('../../adapters/pino/terminal-output.js');
  return terminalOutput();
}
