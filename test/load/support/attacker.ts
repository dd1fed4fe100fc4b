import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { usedSecrets } from '../../support/secrets/used-secrets.js';

export interface AttackerOptions {
  readonly url: string;
  /** An address of this machine, such as 127.1.0.1: the limits count the attacker by it. */
  readonly address: string;
  readonly email: string;
}

/** The largest that is taken, in characters of two bytes each in the memory of the server. */
const largest = JSON.stringify({ type: 'send', name: 'n', data: `€${'x'.repeat(63_900)}` });
const garbageToken = `${'x'.repeat(2000)}.${'y'.repeat(1000)}.${'z'.repeat(1000)}`;
/** As often as messages are taken in the long run, nearly. */
const stepMs = 60;

/** One account that costs the server as much as it can, by few sockets and within the limits of its address. */
export class Attacker {
  readonly #options: AttackerOptions;
  readonly #agent: Agent;
  readonly #sockets = new Set<WebSocket>();
  #tokens = { access_token: '', refresh_token: '' };
  #place = { epoch: '', offset: 0 };

  constructor(options: AttackerOptions) {
    this.#options = options;
    this.#agent = new Agent({ keepAlive: true, localAddress: options.address });
  }

  async register(): Promise<void> {
    const { email } = this.#options;
    const { status, text } = await this.#request('POST', '/auth/register', { body: { email, password: 'correct horse battery' } });
    if (status !== 201) throw new Error(`${status} ${text}`);
    this.#take(text);
  }

  /** Attacks until `signal` aborts. */
  async attack(signal: AbortSignal): Promise<void> {
    await Promise.all([
      this.#again(signal, (socket) => this.#repeat(signal, socket, () => largest)),
      this.#again(signal, (socket) => this.#repeat(signal, socket, () => JSON.stringify({ type: 'resume', ...this.#place, offset: 0 }))),
      this.#again(signal, async (socket) => void socket.pause()),
      this.#again(signal, (socket) => this.#sendHalf(signal, socket)),
      this.#requestAll(signal),
    ]);
  }

  leave(): void {
    for (const socket of this.#sockets) socket.terminate();
    this.#agent.destroy();
  }

  /** Connects, and after each end once more. */
  async #again(signal: AbortSignal, work: (socket: WebSocket) => Promise<void>): Promise<void> {
    while (!signal.aborted) {
      const socket = new WebSocket(`${this.#options.url.replace('http', 'ws')}/ws`, {
        localAddress: this.#options.address,
        perMessageDeflate: false,
        headers: { authorization: `Bearer ${this.#tokens.access_token}` },
      });
      this.#sockets.add(socket);
      const closed = once(socket, 'close').catch(() => {});
      socket.on('error', () => {});
      socket.once('message', (data) => {
        // a cast: the first message is the welcome
        const { epoch, offset } = JSON.parse(String(data)) as { readonly epoch: string; readonly offset: number };
        if (epoch !== this.#place.epoch) this.#place = { epoch, offset };
        void work(socket);
      });
      await Promise.race([closed, once(signal, 'abort')]);
      this.#sockets.delete(socket);
      if (signal.aborted) this.#sockets.add(socket);
      await delay(1000, undefined, { signal }).catch(() => {});
    }
  }

  async #repeat(signal: AbortSignal, socket: WebSocket, message: () => string): Promise<void> {
    while (!signal.aborted && socket.readyState === WebSocket.OPEN) {
      if (socket.bufferedAmount < 1e6) socket.send(message());
      await delay(stepMs);
    }
  }

  /** A message that never ends. */
  async #sendHalf(signal: AbortSignal, socket: WebSocket): Promise<void> {
    socket.send('x'.repeat(60_000), { fin: false });
    while (!signal.aborted && socket.readyState === WebSocket.OPEN) {
      socket.send('x', { fin: false });
      await delay(1000);
    }
  }

  async #requestAll(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#request('POST', '/ws/ticket', { token: this.#tokens.access_token });
      await this.#request('GET', '/users/me', { token: garbageToken });
      const { status, text } = await this.#request('POST', '/auth/refresh', { body: { refresh_token: this.#tokens.refresh_token } });
      if (status === 200) this.#take(text);
      await this.#request('GET', '/users/me', { token: this.#tokens.access_token });
      await delay(1500);
    }
  }

  #take(text: string): void {
    // a cast: the form of a successful response
    this.#tokens = JSON.parse(text) as { readonly access_token: string; readonly refresh_token: string };
    usedSecrets.note(this.#tokens.access_token);
    usedSecrets.note(this.#tokens.refresh_token);
  }

  /** Never rejects: a closed connection counts as a response. */
  #request(method: string, path: string, { token, body }: { readonly token?: string; readonly body?: unknown }) {
    const { promise, resolve } = Promise.withResolvers<{ readonly status: number; readonly text: string }>();
    const headers = {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    const sent = request(new URL(path, this.#options.url), { method, headers, agent: this.#agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.on('error', () => resolve({ status: 0, text }));
    });
    sent.on('error', ({ message }) => resolve({ status: 0, text: message }));
    sent.end(body === undefined ? undefined : JSON.stringify(body));
    return promise;
  }
}
