import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

/** Asks for a profile again and again until it is told to stop, and then tells how long each answer took and what it was. */
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
