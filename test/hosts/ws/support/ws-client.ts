import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';
import { usedSecrets } from '../../../support/secrets/used-secrets.js';

/** Any message of the server; a test reads the fields that it expects. */
export interface ServerSays {
  readonly type: string;
  readonly user_id: string;
  readonly session_id: string;
  readonly expires_in: number;
  readonly ping_interval: number;
  readonly epoch: string;
  readonly offset: number;
  readonly name: string;
  readonly data: unknown;
  readonly at: string;
  readonly recovered: boolean;
  readonly code: string;
  readonly detail: string;
  readonly retry_ms: number;
}

export interface Ending {
  readonly code: number;
  readonly reason: { readonly code: string; readonly action: string; readonly retry_ms?: number };
}

/** A real client, with all messages that it received. */
export interface WsClient extends AsyncDisposable {
  readonly socket: WebSocket;
  readonly messages: ServerSays[];
  /** The first message of this type that was not taken yet; waits for it. */
  next(type: string): Promise<ServerSays>;
  say(message: unknown): void;
  /** How the server ended it. */
  readonly ended: Promise<Ending>;
}

const timeoutMs = 20_000;

export interface ConnectOptions {
  readonly token?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly client?: ClientOptions;
}

/** Resolves once the socket is open, whatever follows. */
export async function connect(url: string, { token, query = {}, client = {} }: ConnectOptions = {}): Promise<WsClient> {
  for (const secret of [token, ...Object.values(query)]) usedSecrets.note(secret);
  const target = new URL(url);
  for (const [name, value] of Object.entries(query)) target.searchParams.set(name, value);
  const headers = { ...client.headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
  const socket = new WebSocket(target, { perMessageDeflate: false, ...client, headers });
  const messages: ServerSays[] = [];
  const taken = new Set<ServerSays>();
  const wakers = new Set<() => void>();
  const wake = () => {
    for (const waker of wakers) waker();
  };
  socket.on('message', (data, isBinary) => {
    // a browser gives a page no text then
    if (isBinary) throw new Error('the server sent a binary message');
    // a cast: what a test looks at it compares
    messages.push(JSON.parse((data as Buffer).toString('utf8')) as ServerSays);
    wake();
  });
  socket.on('close', wake);
  const ended = new Promise<Ending>((resolve) => {
    socket.on('close', (code, reason) =>
      resolve({ code, reason: reason.length === 0 ? { code: '', action: '' } : JSON.parse(reason.toString('utf8')) }),
    );
  });
  await once(socket, 'open');
  socket.on('error', () => {});
  return {
    socket,
    messages,
    ended,
    say: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    async next(type) {
      const end = Date.now() + timeoutMs;
      for (;;) {
        const found = messages.find((message) => message.type === type && !taken.has(message));
        if (found !== undefined) {
          taken.add(found);
          return found;
        }
        const left = end - Date.now();
        if (left <= 0 || socket.readyState === WebSocket.CLOSED)
          throw new Error(`no ${type} came, but: ${JSON.stringify(messages.slice(-5)).slice(0, 500)}`);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(done, left);
          function done() {
            clearTimeout(timer);
            wakers.delete(done);
            resolve();
          }
          wakers.add(done);
        });
      }
    },
    async [Symbol.asyncDispose]() {
      socket.terminate();
      await ended;
    },
  };
}

/** The status by which an upgrade is refused. */
export async function refusedUpgrade(
  url: string,
  client: ClientOptions = {},
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }> {
  const socket = new WebSocket(url, client);
  socket.on('error', () => {});
  const [, response] = await once(socket, 'unexpected-response');
  let body = '';
  for await (const chunk of response) body += chunk;
  socket.terminate();
  return { status: response.statusCode, headers: response.headers, body };
}
