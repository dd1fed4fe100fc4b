const longest = 4096;

const secrets: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/([?&](?:access_token|refresh_token|token|ticket|password)=)[^&#\s"']+/gi, '$1[redacted]'],
  [/\b((?:Bearer|Basic)\s+)[\w.~+/=-]{8,}/gi, '$1[redacted]'],
  [/(\b[a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/@]+@/gi, '$1[redacted]@'],
  [/\beyJ[\w-]{10,}(?:\.[\w-]*)*/g, '[redacted]'],
  [/\bmar1_[\w-]{20,}/g, '[redacted]'],
];

/** Each of those has one of these; most texts, ids and names, have none. */
const marks = /[?&\s]|:\/\/|eyJ|mar1_/;

/** A text without the secrets that are known by their looks: in query strings, credentials of a URL, headers, tokens of ours. */
export function scrubbed(text: string): string {
  const start = text.length > longest ? `${text.slice(0, longest)}…` : text;
  if (!marks.test(start)) return start;
  return secrets.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), start);
}
