import type { CliCore, Readiness } from '../cli/cli-actions.js';
import { composeConfigured } from './configured.js';

/** Opens the core for one command, without a log: what a command has to say, it says itself. */
export async function openCore(readiness: Readiness): Promise<CliCore> {
  const { composition } = await composeConfigured({ logLevel: 'silent', isServing: false });
  await using opened = new AsyncDisposableStack();
  opened.use(composition);
  if (readiness !== 'untouched') await composition.prepare({ mayMigrate: false });
  const { useCases, migrations } = composition;
  const resources = opened.move();
  return { useCases, migrations, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}
