import { stopSharedServers } from './servers/shared-servers.js';

const patienceMs = 10_000;

/** Runs once after the last test: ends the shared servers, then fails a run that something still keeps alive. */
export async function mochaGlobalTeardown(): Promise<void> {
  await stopSharedServers();
  setTimeout(() => {
    console.error(`The tests are over, but these keep the process alive: ${process.getActiveResourcesInfo().join(', ')}`);
    process.exit(1);
  }, patienceMs).unref();
}
