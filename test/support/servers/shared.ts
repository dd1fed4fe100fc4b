/** Servers that all specs of a process share. Module state, because they live as long as the process. */
const started = new Set<Promise<AsyncDisposable>>();

/** Wraps `start` so that its first call starts a server and every later call returns the same one. A spec that stops it starts it again. */
export function shared<Server extends AsyncDisposable>(start: () => Promise<Server>): () => Promise<Server> {
  let server: Promise<Server> | undefined;
  return () => {
    if (server === undefined || !started.has(server)) {
      server = start();
      started.add(server);
    }
    return server;
  };
}

/** Number of servers that were started. */
export const sharedServerCount = (): number => started.size;

export async function stopSharedServers(): Promise<void> {
  const all = await Promise.allSettled(started);
  started.clear();
  for (const server of all) if (server.status === 'fulfilled') await server.value[Symbol.asyncDispose]();
}
