/** An unkeyed hash, which anyone can compute. Do not pass a secret: an attacker finds it by guessing. */
export interface Digest {
  /** SHA-256 (FIPS 180-4) of the text in UTF-8, as 64 lower-case hexadecimal digits. */
  sha256(text: string): string;
}
