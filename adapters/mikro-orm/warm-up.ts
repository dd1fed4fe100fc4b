import { canonicalEmail } from '../../core/domain/accounts/email-address.js';
import { sessionIdFrom, userId } from '../../core/domain/ids.js';
import { noOrigin } from '../../core/domain/origin.js';
import type { Clock } from '../../core/ports/clock.js';
import type { Stores, UnitOfWork } from '../../core/ports/unit-of-work.js';

interface WarmUpPorts {
  readonly stores: Stores;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
}

const policy = { accessTtlSeconds: 0, refreshTtlSeconds: 0, sessionMaxSeconds: 0, replaySeconds: 0, endMaxAgeSeconds: 0 };

/** Runs the calls that requests make, for an address, a user and a session that do not exist. Changes nothing. */
export async function warmUp({ stores, unitOfWork, clock }: WarmUpPorts): Promise<void> {
  const nobody = userId(0);
  const sessionId = sessionIdFrom(0, new Uint8Array(10));
  await stores.credentials.findByEmail(canonicalEmail('nobody@invalid'));
  await stores.sessions.listLive(nobody, clock.now());
  await stores.subscriptions.periodsOf(nobody);
  await unitOfWork.run(async ({ users, sessions }) => {
    await users.find(nobody);
    await users.findSubscribed(nobody);
    await sessions.rotate({ sessionId, counter: 0, now: clock.now(), origin: noOrigin, policy });
  });
}
