/** Texts that may not be stored or shown, made comparable: HMAC-SHA-256 under a key derived from the application's secret. */
export interface KeyedDigest {
  /** 32 lower-case hexadecimal digits (128 bits). One text gives unrelated digests for different purposes. */
  digest(purpose: 'address' | 'profile' | 'demo', text: string): string;
}
