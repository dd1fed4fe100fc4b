import { once } from 'node:events';
import { WebSocket } from 'ws';

type Fields = Record<string, unknown>;
type Listener = (method: string, params: Fields) => void;

/** A message from the browser: the response to a call, or an event of a page. */
interface Message {
  readonly id?: number;
  readonly result?: Fields;
  readonly error?: unknown;
  readonly method?: string;
  readonly params?: Fields;
  readonly sessionId?: string;
}

/** Calls of the Chrome DevTools Protocol, whose responses are matched by number, and its events. */
export class DevTools {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Message) => void>();
  readonly #listeners = new Map<string, Listener>();
  #calls = 0;

  constructor(url: string) {
    this.#socket = new WebSocket(url, { perMessageDeflate: false });
    this.#socket.on('message', (data) => this.#take(JSON.parse(String(data)) as Message));
  }

  async ready(): Promise<void> {
    await once(this.#socket, 'open');
  }

  /** Calls the listener for the events of one page. */
  listen(sessionId: string, listener: Listener): void {
    this.#listeners.set(sessionId, listener);
  }

  async call(method: string, params: object = {}, sessionId?: string): Promise<Fields> {
    this.#calls += 1;
    const id = this.#calls;
    this.#socket.send(JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }));
    const { result, error } = await new Promise<Message>((resolve) => this.#waiting.set(id, resolve));
    this.#waiting.delete(id);
    if (result === undefined) throw new Error(`${method}: ${JSON.stringify(error)}`);
    return result;
  }

  close(): void {
    this.#socket.close();
  }

  #take(message: Message): void {
    const { id, method, params = {}, sessionId = '' } = message;
    if (id !== undefined) this.#waiting.get(id)?.(message);
    else if (method !== undefined) this.#listeners.get(sessionId)?.(method, params);
  }
}
