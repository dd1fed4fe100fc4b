import type { EmailAddress } from '../../domain/accounts/email-address.js';
import { isPlainLine } from '../../domain/text.js';
import type { CredentialLookup } from '../../ports/accounts/credential-store.js';
import type { Ports } from '../../ports/ports.js';

/** Finds the credential of an address, in one round trip. For a text that cannot be an address it returns none, without a round trip. */
export async function findCredential(email: EmailAddress, { credentials }: Pick<Ports, 'credentials'>): Promise<CredentialLookup> {
  return isPlainLine(email) ? await credentials.findByEmail(email) : { kind: 'none' };
}
