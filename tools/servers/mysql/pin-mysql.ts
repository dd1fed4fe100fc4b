import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../../test/support/project-root.js';
import { mirrorSources } from './package-sources.js';
import { pinnedMysql } from './pinned-mysql.js';
import { servedPin } from './served-pin.js';

/** `npm run servers:pin`: moves the pin to the current version in Debian's sid. */
async function pinMysql(): Promise<void> {
  const [mirror] = await mirrorSources();
  const folder = await mkdtemp(join(tmpdir(), 'move-acces-pin-'));
  try {
    const pin = await servedPin(pinnedMysql, mirror, folder);
    await writeFile(join(projectRoot(), 'tools/servers/mysql/pinned-mysql.json'), `${JSON.stringify(pin, null, 2)}\n`);
    console.log(`${pin.package}: ${pinnedMysql.version} was pinned, now ${pin.version}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

try {
  await pinMysql();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
