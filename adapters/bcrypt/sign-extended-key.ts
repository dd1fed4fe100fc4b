/** Words of Blowfish's P-array: bcrypt reads 72 bytes of key, and repeats a shorter key with its closing NUL. */
const words = 18;

/**
 * Computes the key that crypt_blowfish before 1.1 derived from a password (CVE-2011-2483), which `$2x$` marks. That version sign-extended
 * each byte, so that a byte above 127 overwrote the up to three bytes before it in its word. A correct bcrypt of these 72 bytes is a `$2x$`
 * hash of the password.
 */
export function signExtendedKey(password: Uint8Array): Buffer {
  const key = Buffer.alloc(words * 4);
  const cycle = [...password, 0];
  for (let word = 0; word < words; word += 1) {
    const value = [0, 1, 2, 3].reduce((sum, index) => (sum << 8) | signed(cycle[(word * 4 + index) % cycle.length]), 0);
    key.writeInt32BE(value, word * 4);
  }
  return key;
}

const signed = (byte = 0): number => (byte << 24) >> 24;
