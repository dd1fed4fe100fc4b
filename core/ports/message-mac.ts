/** The purpose of a message. A MAC computed for one purpose does not verify for another. */
export type MessagePurpose = 'revocation' | 'event' | 'ticket';

/**
 * Message authentication codes for data that processes keep in a store to which other software may write: HMAC-SHA-256 (RFC 2104),
 * truncated to 128 bits, under one key per purpose, derived from the application's secret.
 */
export interface MessageMac {
  /** 22 characters of base64url (RFC 4648 §5). */
  compute(purpose: MessagePurpose, text: string): string;

  /**
   * Returns whether `mac` was computed for this purpose and text, under the current secret or a previous one. Its time depends on no
   * secret.
   */
  verify(purpose: MessagePurpose, text: string, mac: string): boolean;
}
