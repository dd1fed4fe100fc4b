/** A hash that anybody can compute: nothing that is secret goes in, since whoever guesses it finds it. */
export interface Digest {
  /** SHA-256 (FIPS 180-4) of the text in UTF-8, as 64 lower-case hexadecimal digits. */
  sha256(text: string): string;
}
