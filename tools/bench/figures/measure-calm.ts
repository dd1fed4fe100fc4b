import { projectRoot } from '../../../test/support/project-root.js';
import { measureOne } from '../measure.js';
import { accountsNeeded } from '../scenarios.js';
import { startOurs } from '../subjects/start-ours.js';
import type { Figure } from './figure.js';
import type { FigureContext } from './figure-context.js';

/** Measures requests for profiles while logins keep every core busy with hashes. */
export async function measureCalm({ infrastructure, seconds }: FigureContext): Promise<readonly Figure[]> {
  await using ours = await startOurs(infrastructure, { name: 'ours', checkout: projectRoot(), accounts: accountsNeeded });
  const [logins, profiles] = await Promise.all([
    measureOne('login', ours, { seconds }),
    measureOne('me', ours, { seconds, connections: 4 }),
  ]);
  return [
    { what: 'me beside logins, p99', unit: 'ms', ours: profiles.p99Ms, bar: { max: 250 } },
    { what: 'logins meanwhile', unit: 'logins/s', ours: logins.perSecond },
  ];
}
