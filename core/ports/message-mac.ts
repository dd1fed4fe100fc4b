/** What a message is. A MAC that was made for one purpose verifies for no other. */
export type MessagePurpose = 'revocation' | 'event' | 'ticket';

/**
 * Message authentication codes for what processes keep in a store that others may write: HMAC-SHA-256 (RFC 2104), cut to 128 bits,
 * under one key per purpose, derived from the application's secret.
 */
export interface MessageMac {
  /** 22 characters of base64url (RFC 4648 §5). */
  compute(purpose: MessagePurpose, text: string): string;

  /** Whether `mac` was computed for this purpose and text, under the current secret or a previous one. Its time depends on no secret. */
  verify(purpose: MessagePurpose, text: string, mac: string): boolean;
}
