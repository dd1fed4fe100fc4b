import { MemoryEventBus } from '../../../../adapters/memory/live/memory-event-bus.js';
import { SeededRandom } from '../../../../adapters/memory/seeded-random.js';
import { MemoryTicketStore } from '../../../../adapters/memory/sessions/memory-ticket-store.js';
import { userId } from '../../../../core/domain/ids.js';
import { type HistoryBounds, historyBounds } from '../../../../core/domain/live/live-event.js';
import { ShiftedClock } from './shifted-clock.js';
import { connect } from './ws-client.js';
import { openWsStage, type WsStage, type WsStageOptions } from './ws-stage.js';

/** A stage whose bus a test holds in its hand, with a history of ten events unless other bounds are given. */
export async function openEventStage(options: WsStageOptions = {}, bounds: Partial<HistoryBounds> = { events: 10 }) {
  const clock = new ShiftedClock();
  const bus = new MemoryEventBus({ clock, random: new SeededRandom(), history: { ...historyBounds, ...bounds } });
  const stage = await openWsStage({ ...options, shared: () => ({ eventBus: bus, tickets: new MemoryTicketStore({ clock }) }) });
  return { bus, stage, [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose]() };
}

/** As an operator does. */
export const publish = (stage: WsStage, name: string, data: unknown = null, user = '1') =>
  stage.publishEvent.execute({ to: { kind: 'user', userId: userId(user) }, name, data, by: 'server' });

/** A client of a fresh session that was welcomed. */
export async function openClient(stage: WsStage, user = '1') {
  const client = await connect(stage.url, { token: (await stage.signIn({ user })).token });
  return Object.assign(client, { welcome: await client.next('welcome') });
}
