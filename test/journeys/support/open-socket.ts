import { once } from 'node:events';
import { WebSocket } from 'ws';

/** Opens a WebSocket with the access token. Resolves once it is admitted; rejects when it is not. */
export async function openSocket(url: string, accessToken: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`, { headers: { authorization: `Bearer ${accessToken}` } });
  await once(socket, 'message');
  return socket;
}
