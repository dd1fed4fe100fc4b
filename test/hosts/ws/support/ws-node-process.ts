import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { SessionId } from '../../../../core/domain/ids.js';
import type { SignedIn } from './ws-stage.js';

export type NodeOrder =
  | { readonly kind: 'sign_in'; readonly user: string }
  | { readonly kind: 'share'; readonly session: SignedIn }
  | { readonly kind: 'ticket'; readonly session: SignedIn }
  | { readonly kind: 'publish'; readonly user: string; readonly name: string; readonly data: unknown }
  | { readonly kind: 'revoke'; readonly sessionId: SessionId }
  | { readonly kind: 'memory' }
  | { readonly kind: 'close'; readonly graceMs: number };

export interface NodeReport {
  readonly number: number;
  readonly result?: unknown;
  readonly error?: string;
}

/** The WebSocket host in a process of its own. */
export interface WsNode extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  signIn(user: string): Promise<SignedIn>;
  /** Opens a session that another process has opened. */
  share(session: SignedIn): Promise<void>;
  ticket(session: SignedIn): Promise<string>;
  publish(user: string, name: string, data?: unknown): Promise<void>;
  revoke(sessionId: SessionId): Promise<void>;
  memory(): Promise<NodeJS.MemoryUsage & { readonly sockets: number }>;
  close(graceMs: number): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

export async function startWsNode(options: { readonly redisPort: number; readonly users?: number }): Promise<WsNode> {
  const env = { PATH: process.env.PATH ?? '', REDIS_PORT: String(options.redisPort), USERS: String(options.users ?? 10) };
  const child = fork(join(import.meta.dirname, 'ws-node.js'), { env, execArgv: ['--enable-source-maps', '--expose-gc'] });
  const waiting = new Map<number, (report: NodeReport) => void>();
  const exited = once(child, 'exit');
  let numbers = 0;
  const answer = (number: number) =>
    new Promise<unknown>((resolve, reject) => {
      waiting.set(number, ({ result, error }) => (error === undefined ? resolve(result) : reject(new Error(error))));
      child.once('exit', (code) => reject(new Error(`the process ended with ${code}`)));
    });
  child.on('message', (report: NodeReport) => waiting.get(report.number)?.(report));
  child.setMaxListeners(0);
  const order = (given: NodeOrder) => {
    numbers += 1;
    const answered = answer(numbers);
    child.send({ number: numbers, order: given });
    return answered;
  };
  // casts: `ws-node.ts` defines the response to each order
  const port = (await answer(0)) as number;
  return {
    url: `ws://127.0.0.1:${port}/ws`,
    port,
    signIn: async (user) => (await order({ kind: 'sign_in', user })) as SignedIn,
    share: async (session) => void (await order({ kind: 'share', session })),
    ticket: async (session) => (await order({ kind: 'ticket', session })) as string,
    publish: async (user, name, data = null) => void (await order({ kind: 'publish', user, name, data })),
    revoke: async (sessionId) => void (await order({ kind: 'revoke', sessionId })),
    memory: async () => (await order({ kind: 'memory' })) as Awaited<ReturnType<WsNode['memory']>>,
    close: async (graceMs) => void (await order({ kind: 'close', graceMs })),
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
