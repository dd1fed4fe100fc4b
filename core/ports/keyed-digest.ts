/** Makes texts comparable that must not be stored or shown: HMAC-SHA-256 under a key derived from the application's secret. */
export interface KeyedDigest {
  /** Returns 32 lower-case hexadecimal digits (128 bits). The same text has unrelated digests for different purposes. */
  digest(purpose: 'address' | 'profile' | 'demo', text: string): string;
}
