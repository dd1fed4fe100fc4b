/** Returns null for a text that is not the exact base64 of some bytes: a hash must not have two spellings. */
export function base64Bytes(text: string, padding: 'padded' | 'bare'): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return base64Text(bytes, padding) === text ? bytes : null;
}

export function base64Text(bytes: Uint8Array, padding: 'padded' | 'bare'): string {
  const text = Buffer.from(bytes).toString('base64');
  return padding === 'padded' ? text : text.replaceAll('=', '');
}
