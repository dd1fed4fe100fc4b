import { type RawBuilder, sql } from 'kysely';
import { canonicalEmail, type EmailAddress } from '../../../core/domain/email-address.js';
import { type UserId, userId } from '../../../core/domain/ids.js';
import type { Credential, CredentialLookup, CredentialStore } from '../../../core/ports/credential-store.js';
import { type AccountRow, theirHash } from '../schema-map/existing-tables.js';
import { isKeyOf, keyValue } from '../schema-map/user-key.js';
import type { StoreTools } from '../store-tools.js';
import { CredentialWriter } from './credential-writer.js';
import { type BoundHash, hashInForce, overlayColumns, overlayJoin } from './password-overlay.js';

type CredentialRow = AccountRow & BoundHash;

type LoginRecord = Parameters<CredentialStore['recordLogin']>[0];

/** The hashes of the existing credentials table, and of the overlay that stands in for those that cannot be replaced there. */
export class MikroOrmCredentialStore implements CredentialStore {
  readonly #tools: StoreTools;

  constructor(tools: StoreTools) {
    this.#tools = tools;
  }

  async findByEmail(email: EmailAddress): Promise<CredentialLookup> {
    const rows = await this.#rows(this.#tools.existing.mayHaveEmail(email));
    const [row, ...others] = rows.filter((candidate) => canonicalEmail(candidate.email) === email);
    if (others.length > 0) return { kind: 'ambiguous' };
    const credential = row && this.#credentialOf(row);
    return credential ? { kind: 'found', credential } : { kind: 'none' };
  }

  async findByUser(id: UserId): Promise<Credential | null> {
    const { existing } = this.#tools;
    const key = keyValue(id, existing.map.users.key);
    if (key === null) return null;
    const [row] = (await this.#rows(existing.hasKey(key))).filter((candidate) => isKeyOf(id, candidate.id));
    return row ? this.#credentialOf(row) : null;
  }

  add(id: UserId, passwordHash: string): Promise<void> {
    return this.#tools.atomically((room) => new CredentialWriter({ ...this.#tools, ...room }).add(id, passwordHash));
  }

  recordLogin({ credential, at, upgradedHash }: LoginRecord): Promise<boolean> {
    return this.#ifUnchanged(credential, (writer, held) => writer.write(held, { lastLoginAt: at, passwordHash: upgradedHash }));
  }

  replace(credential: Credential, passwordHash: string): Promise<boolean> {
    return this.#ifUnchanged(credential, (writer, held) => writer.write(held, { lastLoginAt: null, passwordHash }));
  }

  #ifUnchanged(
    judged: Credential,
    write: (writer: CredentialWriter, held: Parameters<CredentialWriter['write']>[0]) => Promise<void>,
  ): Promise<boolean> {
    return this.#tools.atomically(async (room) => {
      const writer = new CredentialWriter({ ...this.#tools, ...room });
      const held = await writer.hold(judged.userId);
      if (held === null || hashInForce(held) !== judged.passwordHash) return false;
      await write(writer, held);
      return true;
    });
  }

  async #rows(where: RawBuilder<unknown>): Promise<readonly CredentialRow[]> {
    const { db, existing } = this.#tools;
    const { rows } = await sql<CredentialRow>`
      select ${existing.accountColumns}, ${theirHash(existing.map.credentials)} as theirHash, ${overlayColumns} from ${existing.accounts} ${overlayJoin(existing.map)} where ${where}`.execute(
      db,
    );
    return rows;
  }

  #credentialOf(row: CredentialRow): Credential | null {
    const passwordHash = row.credentialOf === null ? null : hashInForce(row);
    return passwordHash ? { userId: userId(row.id), passwordHash, isEnabled: this.#tools.existing.isEnabled(row) } : null;
  }
}
