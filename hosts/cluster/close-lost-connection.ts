import type { Worker } from 'node:cluster';

/**
 * Closes a connection that is on its way to a worker when the worker ends, so that its client notices and retries. node:cluster keeps such
 * a connection open, and no process responds to it. There is at most one: the next one is sent when the worker has accepted the one before.
 */
export function closeLostConnection(worker: Worker): void {
  const { process: child } = worker;
  const send: (...args: never) => boolean = child.send;
  let onItsWay: unknown = null;
  child.send = (...args: readonly unknown[]) => {
    const [message, handle] = args;
    if (isConnection(message)) onItsWay = handle;
    return Reflect.apply(send, child, args);
  };
  // Closing a connection that the worker has accepted does nothing: node:cluster has closed it before.
  worker.once('exit', () => {
    if (isClosable(onItsWay)) onItsWay.close();
  });
}

const isConnection = (message: unknown): boolean =>
  typeof message === 'object' && message !== null && 'act' in message && message.act === 'newconn';

const isClosable = (handle: unknown): handle is { close(): void } =>
  typeof handle === 'object' && handle !== null && 'close' in handle && typeof handle.close === 'function';
