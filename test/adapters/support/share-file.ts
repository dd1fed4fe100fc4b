import { setTimeout as delay } from 'node:timers/promises';
import { userId } from '../../../core/domain/ids.js';
import { openByFile } from '../../contracts/support/open-test-database.js';

/**
 * One of several processes that share an embedded file: `node share-file.js FILE START COUNT`. At the instant START it migrates, then
 * adds 1 to the first name of user 1, COUNT times, each in a unit of work. Prints the migrations that it ran.
 */
const [, , file = '', start = '', count = ''] = process.argv;
await using database = await openByFile(file);
await delay(Number(start) - Date.now());
console.log(JSON.stringify(await database.migrations.up()));
for (let step = 0; step < Number(count); step += 1) {
  await database.unitOfWork.run(async ({ users }) => {
    const user = await users.findForUpdate(userId(1));
    await users.updateProfile(userId(1), { firstName: String(Number(user?.firstName) + 1) });
  });
}
