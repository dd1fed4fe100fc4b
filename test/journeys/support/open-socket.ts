import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A WebSocket of whoever holds the access token, once it has been let in. Rejects when it is not. */
export async function openSocket(url: string, accessToken: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`, { headers: { authorization: `Bearer ${accessToken}` } });
  await once(socket, 'message');
  return socket;
}
