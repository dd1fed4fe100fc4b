/** Null for what is not exactly the base64 of some bytes: two spellings of one hash would be one too many. */
export function base64Bytes(text: string, padding: 'padded' | 'bare'): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return base64Text(bytes, padding) === text ? bytes : null;
}

export function base64Text(bytes: Uint8Array, padding: 'padded' | 'bare'): string {
  const text = Buffer.from(bytes).toString('base64');
  return padding === 'padded' ? text : text.replaceAll('=', '');
}
