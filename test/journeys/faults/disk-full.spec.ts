import { setTimeout as delay } from 'node:timers/promises';
import { startDatabaseServer } from '../../support/servers/database-server.js';
import { eventually } from '../support/phone.js';
import { expectNothingLost } from './support/expect-nothing-lost.js';
import { faultStage } from './support/fault-stage.js';
import { expectContract, startLoad, summary } from './support/load.js';
import { mountSmallDisk } from './support/small-disk.js';

/** What an empty server takes, and some tens of MiB more. */
const diskMebibytes = 400;

/** A table space that cannot grow, for an account that may not mount a disk: for the server it is full all the same. */
const fixedTablespace = ['--innodb-file-per-table=0', '--innodb-data-file-path=ibdata1:12M:autoextend:max:64M'];

describe('Under load, a database whose disk is full', () => {
  it('makes changes wait with 503, never causes 500, and loses nothing', async function () {
    this.timeout(120_000);
    await using disk = process.env.SMALL_DISK === 'none' ? null : await mountSmallDisk(diskMebibytes);
    await using server = await startDatabaseServer(disk === null ? { extraArgs: fixedTablespace } : { parent: disk.folder });
    await using stage = await faultStage({}, { server });
    await using running = await stage.start();
    await using load = startLoad({ url: () => running.url });
    await load.served(20_000);

    const { database } = stage.stage;
    await database.query('create table others (text longtext) engine = InnoDB');
    await disk?.fill();
    const failure = await fillTable((text) => database.query('insert into others values (?)', [text]));
    const fullAt = performance.now();
    await delay(5000);
    const answersWhileFull = async () => load.answers.filter(({ startedAt }) => startedAt > fullAt);
    // There is room in the allocated pages: it is full for the clients when they have filled those.
    const whileFull = await eventually(answersWhileFull, (answers) => answers.some(({ status }) => status === 503), 30_000);

    const how = server.state === 'stopped' ? 'ended' : 'went on';
    await disk?.free();
    // A server may have ended over it, too.
    if (server.state === 'stopped') await server.start();
    await database.query('drop table others');
    const tookMs = await load.served(10_000);
    await load.stop();
    console.log(
      `      ${failure}; while it was full: ${summary(whileFull)}; the server ${how}; served again after ${Math.round(tookMs)} ms`,
    );
    expectContract(load.answers);
    await expectNothingLost(database, load.clients);
  });
});

/** Inserts until not even a small row finds room; returns the server's error then. */
async function fillTable(insert: (text: string) => Promise<unknown>): Promise<string> {
  let said = '';
  for (const length of [500_000, 50_000, 5000, 50]) {
    for (;;) {
      const failure = await insert('x'.repeat(length)).then(
        () => null,
        (error: unknown) => error,
      );
      if (failure === null) continue;
      said = String(failure);
      break;
    }
  }
  return said;
}
