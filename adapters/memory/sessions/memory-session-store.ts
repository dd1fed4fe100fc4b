import type { SessionId, UserId } from '../../../core/domain/ids.js';
import type { Instant } from '../../../core/domain/instant.js';
import { judgeRotation, type RotationOutcome, rotated } from '../../../core/domain/sessions/rotation.js';
import { isLive, type Revocation, type RevocationReason, type Session } from '../../../core/domain/sessions/session.js';
import { displaced, type SessionRoom } from '../../../core/domain/sessions/session-room.js';
import { throwIfAborted } from '../../../core/domain/throw-if-aborted.js';
import type {
  RotationRequest,
  SessionPage,
  SessionPosition,
  SessionSelection,
  SessionStore,
} from '../../../core/ports/sessions/session-store.js';
import type { MemorySpace } from '../memory-space.js';
import type { MemoryTables } from '../memory-tables.js';

export class MemorySessionStore implements SessionStore {
  readonly #space: MemorySpace;

  constructor(options: { readonly space: MemorySpace }) {
    this.#space = options.space;
  }

  async open(session: Session): Promise<void> {
    await this.#space.write(({ sessions }) => {
      if (sessions.get(session.id) !== null) throw new Error('a session of this id exists already');
      sessions.set(session.id, { ...session });
    });
  }

  async makeRoom(id: UserId, room: SessionRoom): Promise<readonly Revocation[]> {
    return await this.#space.write((tables) => {
      const { deleted, ended } = displaced(
        all(tables).filter(({ userId }) => userId === id),
        room,
      );
      for (const sessionId of deleted) tables.sessions.delete(sessionId);
      return all(tables)
        .filter((session) => ended.includes(session.id))
        .map((session) => revocationOf(end(tables, session, 'session_limit', room.now)))
        .filter((revocation) => revocation !== null);
    });
  }

  async find(id: SessionId): Promise<Session | null> {
    return await this.#space.read(({ sessions }) => sessions.get(id));
  }

  async listAll(id: UserId, limit: number): Promise<readonly Session[]> {
    return await this.#space.read((tables) =>
      all(tables)
        .filter(({ userId }) => userId === id)
        .slice(0, limit),
    );
  }

  async listLive(id: UserId, now: Instant, { after, limit }: Partial<SessionPage> = {}): Promise<readonly Session[]> {
    const live = await this.#space.read((tables) => all(tables).filter((session) => session.userId === id && isLive(session, now)));
    return live
      .filter((session) => !after || inOrderOfUse(after, session) < 0)
      .sort(inOrderOfUse)
      .slice(0, limit);
  }

  async rotate(request: RotationRequest): Promise<RotationOutcome> {
    return await this.#space.write((tables) => {
      throwIfAborted(request.signal);
      return carryOut(request, tables);
    });
  }

  async revoke(selection: SessionSelection, reason: RevocationReason, at: Instant): Promise<readonly Revocation[]> {
    return await this.#space.write((tables) =>
      all(tables)
        .filter((session) => isLive(session, at) && isSelected(session, selection))
        .sort((one, other) => (one.id < other.id ? -1 : 1))
        .slice(0, selection.kind === 'all' ? selection.limit : undefined)
        .map((session) => revocationOf(end(tables, session, reason, at)))
        .filter((revocation) => revocation !== null),
    );
  }

  async revokedSince(since: Instant): Promise<readonly Revocation[]> {
    return await this.#space.read((tables) =>
      all(tables)
        .map(revocationOf)
        .filter((revocation) => revocation !== null)
        .filter((revocation) => revocation.revokedAt >= since),
    );
  }

  async prune(endedBefore: Instant, limit: number): Promise<number> {
    return await this.#space.write((tables) => {
      const over = all(tables).filter((session) => endOf(session) < endedBefore);
      const doomed = over.slice(0, limit);
      for (const { id } of doomed) tables.sessions.delete(id);
      return doomed.length;
    });
  }
}

const all = ({ sessions }: MemoryTables): Session[] => Array.from(sessions.entries(), ([, session]) => session);

/** The most recently used session comes first. */
const inOrderOfUse = (one: SessionPosition, other: SessionPosition): number =>
  other.lastSeenAt - one.lastSeenAt || Number(one.id < other.id) - Number(one.id > other.id);

const endOf = ({ revokedAt, idleExpiresAt }: Session): Instant => Math.min(revokedAt ?? idleExpiresAt, idleExpiresAt);

function carryOut({ sessionId, counter, now, origin, policy }: RotationRequest, tables: MemoryTables): RotationOutcome {
  const session = tables.sessions.get(sessionId);
  if (session === null) return { kind: 'unknown' };
  const verdict = judgeRotation(session, counter, now, policy);
  switch (verdict) {
    case 'rotate': {
      const next = rotated(session, now, origin, policy);
      tables.sessions.set(sessionId, next);
      return { kind: 'rotated', session: next };
    }
    case 'reuse':
      return { kind: 'reused', session: end(tables, session, 'reuse', now) };
    case 'repeat':
      return { kind: 'repeated', session };
    case 'unknown':
      return { kind: 'unknown' };
    case 'expired':
    case 'revoked':
      return { kind: verdict, session };
  }
}

function end(tables: MemoryTables, session: Session, reason: RevocationReason, at: Instant): Session {
  const ended: Session = { ...session, revokedAt: at, revocationReason: reason };
  tables.sessions.set(session.id, ended);
  return ended;
}

function revocationOf({ id, userId, revokedAt, revocationReason }: Session): Revocation | null {
  if (revokedAt === null || revocationReason === null) return null;
  return { sessionId: id, userId, revokedAt, reason: revocationReason };
}

function isSelected(session: Session, selection: SessionSelection): boolean {
  switch (selection.kind) {
    case 'one':
      return session.id === selection.sessionId && (selection.userId ?? session.userId) === session.userId;
    case 'of_user':
      return session.userId === selection.userId && session.id !== selection.except;
    case 'all':
      return selection.after === undefined || session.id > selection.after;
  }
}
