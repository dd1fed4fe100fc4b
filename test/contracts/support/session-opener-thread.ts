import { setTimeout as delay } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { Session } from '../../../core/domain/sessions/session.js';
import { openByFile } from './open-test-database.js';

const { file } = workerData as { readonly file: string };
const database = await openByFile(file);

parentPort?.on('message', async (order: { readonly session: Session; readonly slownessMs: number } | null) => {
  if (order === null) {
    await database[Symbol.asyncDispose]();
    parentPort?.close();
    return;
  }
  await database.unitOfWork.run(async ({ sessions }) => {
    await sessions.open(order.session);
    parentPort?.postMessage({ written: order.session.id });
    await delay(order.slownessMs);
  });
  parentPort?.postMessage({ opened: order.session.id });
});
parentPort?.postMessage('ready');
