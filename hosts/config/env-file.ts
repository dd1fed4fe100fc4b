import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { ConfigError } from './config-error.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Returns the text of `.env` in the folder, empty where there is none. @throws ConfigError when the file exists but cannot be read */
export function readEnvFile(folder: string): string {
  try {
    return readFileSync(join(folder, '.env'), 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code === 'ENOENT') return '';
    throw new ConfigError({ problems: [{ variable: '.env', message: `wants to be a readable text file (${code})` }] });
  }
}

/**
 * Returns the variables of an `.env` text. `util.parseEnv` parses it (quotes, comments, `export`). The result is changed in two places
 * where that differs silently from python-dotenv: a `#` inside an unquoted value belongs to the value unless white space precedes it, and
 * `${NAME}` or `${NAME:-otherwise}` is replaced, from `env` first, then from the file.
 */
export function parseEnvFile(text: string, env: Environment): Readonly<Record<string, string>> {
  const parsed = parseEnv(protectHashes(text.replace(/^\uFEFF/, '')));
  const resolved: Record<string, string> = Object.create(null);
  for (const [name, raw] of Object.entries(parsed)) {
    resolved[name] = (raw ?? '').replace(
      /\$\{([^}:]*)(?::-([^}]*))?\}/g,
      (_, other: string, otherwise = '') => env[other] || (parsed[other] ?? otherwise),
    );
  }
  return resolved;
}

function protectHashes(text: string): string {
  let openQuote: string | null = null;
  const lines = text.split(/\r?\n/).map((line) => {
    if (openQuote !== null) {
      if (line.includes(openQuote)) openQuote = null;
      return line;
    }
    const [, head = '', quote, value = ''] = /^(\s*(?:export\s+)?[\w.-]+\s*=\s*)(?:(["'`])|([^\s"'`#].*))/.exec(line) ?? [];
    if (quote !== undefined) {
      openQuote = line.indexOf(quote, head.length + 1) < 0 ? quote : null;
      return line;
    }
    return /\S#/.test(value) ? head + quoted(value.replace(/\s+#.*$/, '').trimEnd()) : line;
  });
  return lines.join('\n');
}

function quoted(value: string): string {
  const quote = ["'", '`', '"'].find((mark) => !value.includes(mark));
  return quote === undefined ? value : quote + value + quote;
}
