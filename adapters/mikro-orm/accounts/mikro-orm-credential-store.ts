import { accountOfAddress } from '../../../core/domain/accounts/account-of-address.js';
import { canonicalEmail, type EmailAddress } from '../../../core/domain/accounts/email-address.js';
import type { UserId } from '../../../core/domain/ids.js';
import type { Instant } from '../../../core/domain/instant.js';
import type { Credential, CredentialLookup, CredentialStore } from '../../../core/ports/accounts/credential-store.js';
import { idOf, isKeyOf, keyValue } from '../schema-map/user-key.js';
import { atomically } from '../sql/transaction.js';
import type { StoreTools } from '../store-tools.js';
import { type CredentialRow, credentialRows } from './credential-rows.js';
import { CredentialWriter } from './credential-writer.js';
import { hashInForce } from './password-overlay.js';
import { isRowRefusal } from './table-refusal.js';

type LoginRecord = Parameters<CredentialStore['recordLogin']>[0];

/** The hashes of the existing credentials table, and of the overlay that replaces hashes which cannot be written there. */
export class MikroOrmCredentialStore implements CredentialStore {
  readonly #tools: StoreTools;

  constructor(tools: StoreTools) {
    this.#tools = tools;
  }

  async findByEmail(email: EmailAddress): Promise<CredentialLookup> {
    return (await this.findManyByEmail([email])).get(email) ?? { kind: 'none' };
  }

  /** Credentials by address, in one statement; an address that no account has is left out. */
  async findManyByEmail(emails: readonly EmailAddress[]): Promise<ReadonlyMap<EmailAddress, CredentialLookup>> {
    const rows = await credentialRows(this.#tools, this.#tools.existing.mayHaveEmail(...emails));
    const byAddress = Map.groupBy(rows, (row) => canonicalEmail(row.email));
    return new Map([...byAddress].map(([email, own]) => [email, this.#lookupOf(own)]));
  }

  async findByUser(id: UserId): Promise<Credential | null> {
    const { existing } = this.#tools;
    const key = keyValue(id, existing.map.users.key);
    if (key === null) return null;
    const [row] = (await credentialRows(this.#tools, existing.hasKey(key))).filter((candidate) =>
      isKeyOf(id, candidate.id, existing.map.users.key),
    );
    return row ? this.#credentialOf(row) : null;
  }

  add(id: UserId, passwordHash: string): Promise<void> {
    return atomically(this.#tools, (tools) => new CredentialWriter(tools).add(id, passwordHash));
  }

  /** Usually there is only a time to write. One statement does that, or finds that a full read is necessary. */
  async recordLogin({ credential, at, upgradedHash }: LoginRecord): Promise<boolean> {
    if (upgradedHash === null && (await this.#noteLogin(credential, at))) return true;
    return await this.#ifUnchanged(credential, (writer, held) => writer.writeLogin(held, { lastLoginAt: at, passwordHash: upgradedHash }));
  }

  replace(credential: Credential, passwordHash: string): Promise<boolean> {
    return this.#ifUnchanged(credential, (writer, held) => writer.write(held, { lastLoginAt: null, passwordHash }));
  }

  /** Returns false where nothing was written: also where hashes go to the overlay, which would have to be read anyway. */
  async #noteLogin({ userId: id, passwordHash }: Credential, at: Instant): Promise<boolean> {
    const { db, existing, statements, credentialTarget } = this.#tools;
    if (credentialTarget === 'overlay') return false;
    const { users, credentials } = existing.map;
    const key = keyValue(id, users.key);
    if (statements.noteLogin === null || credentials.lastLoginAt === null || key === null) return false;
    const time = existing.timeFor(credentials.table, credentials.lastLoginAt, at);
    const { numAffectedRows = 0n } = await statements.noteLogin.run(db, [time, key, passwordHash, id]).catch(nothingNoted);
    return numAffectedRows > 0n;
  }

  #ifUnchanged(
    judged: Credential,
    write: (writer: CredentialWriter, held: Parameters<CredentialWriter['write']>[0]) => Promise<void>,
  ): Promise<boolean> {
    return atomically(this.#tools, async (tools) => {
      const writer = new CredentialWriter(tools);
      const held = await writer.hold(judged.userId);
      if (held === null || hashInForce(held) !== judged.passwordHash) return false;
      await write(writer, held);
      return true;
    });
  }

  /** Of rows that all have one address. */
  #lookupOf(rows: readonly CredentialRow[]): CredentialLookup {
    const lookup = accountOfAddress(this.#accountsOf(rows));
    if (lookup.kind !== 'found') return lookup;
    const [row, ...others] = lookup.account.rows;
    if (others.length > 0) return { kind: 'ambiguous' };
    const credential = row && this.#credentialOf(row);
    return credential ? { kind: 'found', credential } : { kind: 'none' };
  }

  /** A person may have several credentials where nothing keeps that from happening: each must be in use. */
  #accountsOf(rows: readonly CredentialRow[]): readonly { readonly rows: readonly CredentialRow[]; readonly isEnabled: boolean }[] {
    const { existing } = this.#tools;
    const byAccount = Map.groupBy(rows, (row) => idOf(row.id, existing.map.users.key));
    return [...byAccount.values()].map((own) => ({ rows: own, isEnabled: own.every((row) => existing.isEnabled(row)) }));
  }

  /** Returns null also for a key that is not served: the audit log cannot store it, and would count as broken. */
  #credentialOf(row: CredentialRow): Credential | null {
    const { existing } = this.#tools;
    const { key } = existing.map.users;
    const id = idOf(row.id, key);
    const passwordHash = row.credentialOf === null || keyValue(id, key) === null ? null : hashInForce(row);
    return passwordHash ? { userId: id, passwordHash, isEnabled: existing.isEnabled(row) } : null;
  }
}

/** Handles a table that rejects the time. */
function nothingNoted(error: unknown): { readonly numAffectedRows: bigint } {
  if (!isRowRefusal(error)) throw error;
  return { numAffectedRows: 0n };
}
