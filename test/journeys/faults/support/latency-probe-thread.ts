import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

/** Requests a profile again and again until it is stopped, and then sends the duration and the status of each response. */
const { url, token } = workerData as { readonly url: string; readonly token: string };
const answers: [status: number, ms: number][] = [];
let isOver = false;
parentPort?.once('message', () => {
  isOver = true;
});

const ask = () => {
  const { promise, resolve } = Promise.withResolvers<number>();
  const sent = request(`${url}/users/me`, { headers: { authorization: `Bearer ${token}` } }, (response) => {
    response.resume().on('end', () => resolve(response.statusCode ?? 0));
  });
  sent.on('error', () => resolve(0));
  sent.end();
  return promise;
};

while (!isOver) {
  const startedAt = performance.now();
  const status = await ask();
  answers.push([status, performance.now() - startedAt]);
  await delay(2);
}
parentPort?.postMessage(answers);
