import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A proxy between a client and a server whose connections can be made to fail. */
export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
  /** Number of connections so far. */
  readonly connects: number;
  /** Sets the behaviour of open and new connections from now on. */
  behave(mode: WireMode): void;
  /** Cuts every open connection. */
  cut(): void;
}

/**
 * `pass` forwards both ways; `drop_answers` forwards requests, and cuts the connection instead of the response; `refuse` cuts at once;
 * `silence` forwards and sends nothing; a number is a delay of that many milliseconds each way; `holdAnswersTo` delays the response to a
 * request that contains this text. As in TCP, bytes keep their order, and a connection that lost bytes is cut when the silence ends.
 */
export type WireMode = 'pass' | 'drop_answers' | 'refuse' | 'silence' | number | { readonly holdAnswersTo: string; readonly ms: number };

export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  let mode: WireMode = 'pass';
  let connects = 0;
  /** Functions that cut each connection that lost bytes. */
  const deaf = new Set<() => void>();
  const pairs = new Set<readonly [Socket, Socket]>();
  const server = createServer((client) => {
    connects += 1;
    if (mode === 'refuse') return void client.destroy();
    const upstream = connect(targetPort, '127.0.0.1');
    const pair = [client, upstream] as const;
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      client.destroy();
      upstream.destroy();
    };
    for (const socket of pair) {
      socket.setNoDelay(true);
      socket.on('error', end);
      socket.on('close', end);
    }
    let answersHeldUntil = 0;
    const carry = (from: Socket, to: Socket, isAnswer: boolean) => {
      let before = Promise.resolve();
      from.on('data', (bytes) => {
        if (mode === 'silence') return void deaf.add(end);
        if (mode === 'refuse' || (mode === 'drop_answers' && isAnswer)) return end();
        if (typeof mode === 'object' && !isAnswer && bytes.includes(mode.holdAnswersTo)) answersHeldUntil = performance.now() + mode.ms;
        const waitMs = typeof mode === 'number' ? mode : isAnswer ? answersHeldUntil - performance.now() : 0;
        const wait = waitMs > 0 ? delay(waitMs) : null;
        before = before.then(async () => {
          if (wait !== null) await wait;
          to.write(bytes);
        });
      });
    };
    carry(client, upstream, false);
    carry(upstream, client, true);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const [client, upstream] of pairs) {
      client.destroy();
      upstream.destroy();
    }
  };
  return {
    // a cast: a TCP server that listens has such an address
    port: (server.address() as AddressInfo).port,
    get connects() {
      return connects;
    },
    behave: (next) => {
      mode = next;
      if (next === 'silence') return;
      for (const end of deaf) end();
      deaf.clear();
    },
    cut,
    async [Symbol.asyncDispose]() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
