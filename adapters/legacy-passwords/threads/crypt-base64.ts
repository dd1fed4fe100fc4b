const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The base64 of crypt(3) and phpass: 6 bits a letter, the lowest bits of three bytes first, no padding. */
export function cryptBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = bytes.subarray(at, at + 3);
    let value = group.reduceRight((sum, byte) => (sum << 8) | byte, 0);
    for (let letter = 0; letter <= group.length; letter += 1) {
      text += alphabet.charAt(value & 63);
      value >>= 6;
    }
  }
  return text;
}
