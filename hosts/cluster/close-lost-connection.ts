import type { Worker } from 'node:cluster';

/**
 * A connection that is on its way to a worker as that dies is kept open by node:cluster, and nobody ever answers it. This closes it, so
 * that its client notices and asks again. It is one at most: the next one leaves when the worker has taken the one before.
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
  // Closing what the worker has taken does nothing: node:cluster has closed it before.
  worker.once('exit', () => {
    if (isClosable(onItsWay)) onItsWay.close();
  });
}

const isConnection = (message: unknown): boolean =>
  typeof message === 'object' && message !== null && 'act' in message && message.act === 'newconn';

const isClosable = (handle: unknown): handle is { close(): void } =>
  typeof handle === 'object' && handle !== null && 'close' in handle && typeof handle.close === 'function';
