import { chmodSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { sql } from 'kysely';
import type { Database } from '../../../../adapters/mikro-orm/open-database.js';
import { openOrm } from '../../../../adapters/mikro-orm/open-orm.js';
import { canonicalEmail } from '../../../../core/domain/accounts/email-address.js';
import { AuthError } from '../../../../core/domain/auth-error.js';
import { openByFile } from '../../../contracts/support/open-test-database.js';
import { rejection, sampleUser, t0 } from '../../../kit/contracts/support/samples.js';
import { holdsLock, listsLocks } from '../../../support/file-locks.js';
import { projectRoot } from '../../../support/project-root.js';
import { sqliteShell } from '../../../support/sqlite-shell.js';

/** Everything in this process that reaches the file beside the connection that serves. */
const secondWays: Readonly<Record<string, (database: Database, file: string) => Promise<unknown>>> = {
  'a migration': ({ migrations }) => migrations.up(),
  'a check of the schema': ({ existingSchema }) => existingSchema.view((view) => view.definitionFindings()),
  'the lock of sessions': async ({ sessionLock }) => (await sessionLock.acquire({ kind: 'all' }, t0))?.release(),
  'a second composition': async (_database, file) => (await openByFile(file))[Symbol.asyncDispose](),
};

describe('The file of an embedded database', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'move-acces-file-'));
    file = join(folder, 'test.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const opened = async () => {
    const database = await openByFile(file);
    await database.migrations.up();
    return database;
  };
  const insert = (database: Database, email: string) => database.unitOfWork.run(({ users }) => users.insert(sampleUser(email)));

  async function expectUnavailable(work: Promise<unknown>, code: string | RegExp): Promise<void> {
    const error = await rejection(work);
    expect(error).to.be.instanceOf(AuthError).with.property('code', 'dependency_unavailable');
    expect(error).to.have.nested.property('cause.code').that.matches(new RegExp(code));
  }

  it('stays locked, and keeps its journal, through each way in which this process opens it a second time', async () => {
    await using database = await opened();
    const journal = statSync(`${file}-wal`).ino;
    for (const [way, use] of Object.entries(secondWays)) {
      await use(database, file);
      if (listsLocks) expect(holdsLock(process.pid, file), way).to.equal(true);
      await sqliteShell(file)('select 1 as one');
      expect(statSync(`${file}-wal`, { throwIfNoEntry: false })?.ino, way).to.equal(journal);
    }
  });

  it('is opened by SQLite alone: no other module of the adapter uses files, and that one opens none that has its name', () => {
    const adapter = join(projectRoot(), 'adapters/mikro-orm');
    const users = readdirSync(adapter, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .flatMap((path) =>
        [...readFileSync(join(adapter, path), 'utf8').matchAll(/import (.*) from '(?:node:)?fs.*'/g)].map(([, what]) => [path, what]),
      );
    expect(users).to.deep.equal([
      ['sqlite/database-file.ts', '{ type BigIntStats, chmodSync, linkSync, mkdirSync, realpathSync, rmSync, statSync, writeFileSync }'],
    ]);
  });

  it('is readable by its owner alone, also where it is made behind a symbolic link', async function () {
    if (process.platform === 'win32') this.skip(); // files have no such modes there
    const target = join(folder, 'target.db');
    symlinkSync(target, file);
    await using _database = await opened();
    for (const path of [target, `${target}-wal`, `${target}-shm`]) expect(statSync(path).mode & 0o777, path).to.equal(0o600);
  });

  it('has a commit on the disk before the commit returns', async () => {
    const patience = { connectionMs: 1000, answerMs: 1000, lockWaitSeconds: 1, statementMs: 0 };
    const orm = await openOrm({ target: { kind: 'sqlite', file }, poolMax: 1, patience });
    const db = orm.em.fork().getKysely();
    const read = async (name: string) => Object.values((await sql<object>`pragma ${sql.raw(name)}`.execute(db)).rows[0] ?? {})[0];
    expect(await read('journal_mode')).to.equal('wal');
    expect(await read('synchronous')).to.equal(2); // FULL
    expect([await read('fullfsync'), await read('checkpoint_fullfsync')]).to.deep.equal([1, 1]);
    await orm.close(true);
  });

  const removals: Readonly<Record<string, () => void>> = {
    deleted: () => rmSync(file),
    replaced: () => {
      renameSync(file, `${file}.old`);
      new DatabaseSync(file).close();
    },
    'without its journal, which was deleted': () => rmSync(`${file}-wal`),
  };
  for (const [name, remove] of Object.entries(removals)) {
    it(`takes nothing more once it is ${name}`, async () => {
      await using database = await opened();
      await insert(database, 'before@example.org');
      remove();
      await expectUnavailable(insert(database, 'after@example.org'), 'SQLITE_MOVED');
      await expectUnavailable(database.stores.users.hasEmail(canonicalEmail('before@example.org')), 'SQLITE_MOVED');
      await expectUnavailable(database.probe.check(), 'SQLITE_MOVED');
    });
  }

  it('takes nothing more without its journal, where it was opened by a symbolic link', async () => {
    const place = join(folder, 'place.db');
    new DatabaseSync(place).close();
    symlinkSync(place, file);
    await using database = await opened();
    await insert(database, 'before@example.org');
    rmSync(`${place}-wal`);
    await expectUnavailable(insert(database, 'after@example.org'), 'SQLITE_MOVED');
  });

  it('that disappears in the middle of a transaction takes none of it', async () => {
    await using database = await opened();
    const work = database.unitOfWork.run(async ({ users }) => {
      await users.insert(sampleUser('half@example.org'));
      renameSync(file, `${file}.old`);
    });
    await expectUnavailable(work, 'SQLITE_MOVED');
    renameSync(`${file}.old`, file);
    expect(await database.stores.users.hasEmail(canonicalEmail('half@example.org'))).to.equal(false);
    expect((await insert(database, 'whole@example.org')).kind).to.equal('inserted');
  });

  it('that another writer holds for long makes a change unavailable within three seconds, and is written to afterwards', async () => {
    await using database = await opened();
    const writer = new DatabaseSync(file);
    writer.exec('begin immediate');
    const start = performance.now();
    await expectUnavailable(insert(database, 'late@example.org'), 'SQLITE_5');
    expect(performance.now() - start).to.be.lessThan(3000);
    writer.exec('rollback');
    writer.close();
    expect((await insert(database, 'late@example.org')).kind).to.equal('inserted');
  }).timeout(10_000);

  it('in a folder that cannot be written is unavailable from the start', async () => {
    await (await opened())[Symbol.asyncDispose]();
    chmodSync(file, 0o644);
    chmodSync(folder, 0o555);
    try {
      await asOrdinaryUser(() => expectUnavailable(openByFile(file), /SQLITE_(8|14|1544)$/));
      await asOrdinaryUser(() => expectUnavailable(openByFile(join(folder, 'new.db')), 'EACCES'));
    } finally {
      chmodSync(folder, 0o755);
    }
  });
});

/** Root may write everywhere. */
async function asOrdinaryUser(work: () => Promise<void>): Promise<void> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65534);
  try {
    await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}
