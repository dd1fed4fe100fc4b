import { MemoryLogger } from '../../../../adapters/memory/operations/memory-logger.js';
import { MemoryMetrics } from '../../../../adapters/memory/operations/memory-metrics.js';
import { HmacMessageMac } from '../../../../adapters/node-crypto/hmac-message-mac.js';
import { connectRedis } from '../../../../adapters/redis/connect-redis.js';
import { RedisEventBus } from '../../../../adapters/redis/live/redis-event-bus.js';
import { MessageGuard } from '../../../../adapters/redis/message-guard.js';
import { RedisRevocationFeed } from '../../../../adapters/redis/sessions/redis-revocation-feed.js';
import { RedisTicketStore } from '../../../../adapters/redis/sessions/redis-ticket-store.js';
import { SystemClock } from '../../../../adapters/system/system-clock.js';
import { userId } from '../../../../core/domain/ids.js';
import type { NodeOrder, NodeReport } from './ws-node-process.js';
import { openWsStage, type SignedIn, sampleUser } from './ws-stage.js';

/**
 * The host as a separate process, with the bus, the tickets and the revocations in the Redis at `REDIS_PORT`, and users `1` to `USERS`.
 * Carries out the orders of its parent process, and sends responses.
 */
const { REDIS_PORT, USERS = '10' } = process.env;
const logger = new MemoryLogger();
const guard = new MessageGuard({
  mac: new HmacMessageMac({ current: 'a secret of the nodes', previous: [] }),
  clock: new SystemClock(),
  metrics: new MemoryMetrics(),
  logger,
});
const redis = await connectRedis({ target: { kind: 'single', host: '127.0.0.1', port: Number(REDIS_PORT) }, logger });
const stage = await openWsStage({
  ports: { revocationFeed: new RedisRevocationFeed({ redis, guard, logger }) },
  shared: (scheduler) => ({
    eventBus: new RedisEventBus({ redis, guard, scheduler, logger }),
    tickets: new RedisTicketStore({ redis, guard }),
  }),
});
for (let number = 1; number <= Number(USERS); number++) await stage.database.putAccount({ user: sampleUser(userId(number)) });

async function obey(order: NodeOrder): Promise<unknown> {
  switch (order.kind) {
    case 'sign_in':
      return await stage.signIn({ user: order.user });
    case 'share':
      return await stage.share(order.session);
    case 'ticket':
      return (await stage.issueTicket.execute({ ...order.session, expiresAt: Date.now() + 600_000 })).ticket;
    case 'publish':
      return await stage.publishEvent.execute({
        to: { kind: 'user', userId: userId(order.user) },
        name: order.name,
        data: order.data,
        by: 'server',
      });
    case 'revoke':
      return await stage.revoke(order.sessionId);
    case 'memory':
      globalThis.gc?.();
      return { sockets: stage.host.openSockets, ...process.memoryUsage() };
    case 'close':
      await stage.host.close(order.graceMs);
      return null;
  }
}

process.on('message', ({ number, order }: { readonly number: number; readonly order: NodeOrder }) => {
  const report = (report: NodeReport) => process.send?.(report);
  obey(order).then(
    (result) => report({ number, result }),
    (error: unknown) => report({ number, error: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.({ number: 0, result: stage.port } satisfies NodeReport);

export type { SignedIn };
