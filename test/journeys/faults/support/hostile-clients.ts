import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { phonePassword } from '../../support/phone.js';

interface Target {
  readonly url: string;
}

/**
 * Logs in so many times at once; every second client closes its connection 50 ms after its request. Returns the outcome of each: `left`,
 * or the status with the code of the problem, such as `503 overloaded`.
 */
export function burstOfLogins(target: Target, email: string, count: number): Promise<string[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => logInOrLeave(target, email, index % 2 === 0)));
}

function logInOrLeave({ url }: Target, email: string, mayLeave: boolean): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const headers = { 'content-type': 'application/json' };
  const sent = request(`${url}/auth/login`, { method: 'POST', headers, agent: false }, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    response.on('end', () => resolve(response.statusCode === 200 ? '200' : `${response.statusCode} ${JSON.parse(text).code}`));
    response.on('error', () => resolve('left'));
  });
  sent.on('error', (error) => resolve(mayLeave ? 'left' : error.message));
  sent.end(JSON.stringify({ email, password: phonePassword }));
  if (mayLeave) setTimeout(() => sent.destroy(), 50);
  return promise;
}

/** Opens so many connections that send a byte of a request every ten seconds; resolves, with the milliseconds, when all were cut. */
export async function cutSlowConnections({ url }: Target, count: number): Promise<number> {
  const { hostname, port } = new URL(url);
  const startedAt = performance.now();
  const sockets = Array.from({ length: count }, () => connect(Number(port), hostname));
  const cut = Promise.all(sockets.map(untilCut));
  const head = 'GET /users/me HTTP/1.1\r\n';
  let sent = 0;
  const drip = () => {
    for (const socket of sockets) if (!socket.destroyed) socket.write(head.charAt(sent));
    sent += 1;
  };
  const dripping = setInterval(drip, 10_000);
  drip();
  await cut;
  clearInterval(dripping);
  return performance.now() - startedAt;
}

function untilCut(socket: Socket): Promise<void> {
  socket.on('error', () => {}).resume();
  return new Promise((resolve) => socket.once('close', () => resolve()));
}
