import { randomInt } from 'node:crypto';
import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { Semaphore } from '../../adapters/concurrency/semaphore.js';
import { AdmissionBatcher } from './admission-batcher.js';
import { Connection } from './connection.js';
import type { ConnectionParts } from './connection-parts.js';
import { ConnectionRegistry } from './connection-registry.js';
import { DisconnectionRecorder } from './disconnection-recorder.js';
import { HeldMemory } from './held-memory.js';
import { LongMessages } from './long-messages.js';
import { TrafficBudgets } from './traffic-budgets.js';
import { type Arrival, UpgradeHandler } from './upgrade-handler.js';
import { contractLimits, type WsLimits } from './ws-limits.js';
import type { WsServices, WsSettings } from './ws-services.js';

export type { WsServices, WsSettings } from './ws-services.js';

/** The WebSocket interface of a process. */
export interface WsHost {
  /** Number of open connections, admitted or not. */
  readonly openSockets: number;
  /** Bytes in memory that wait to be sent, handled or replayed. */
  readonly heldBytes: number;
  /** Handles the upgrade requests to `/ws` of a server that listens, or will. */
  attach(server: Server): void;
  /**
   * Admits no more clients and closes all connections, spread over half of `graceMs`, each with its own delay before the next attempt. Cuts
   * the remaining connections at the end. Resolves when all are closed and recorded. Does not close the servers: the caller stops them from
   * accepting connections before.
   */
  close(graceMs: number): Promise<void>;
}

/** Each admission reads its account from the database. */
const maxConcurrentAdmissions = 64;
const drainStepMs = 50;
/** Interval at which full budgets are removed, in milliseconds. */
const forgetEveryMs = 5000;

/** Subscribes to the events that concern connections. Resolves when clients can be admitted. */
export async function createWsHost(services: WsServices, settings: WsSettings): Promise<WsHost> {
  const host = new RunningWsHost(services, settings);
  await host.start();
  return host;
}

class RunningWsHost implements WsHost {
  readonly #services: WsServices;
  readonly #settings: WsSettings;
  readonly #limits: WsLimits;
  readonly #parts: ConnectionParts;
  readonly #registry = new ConnectionRegistry();
  readonly #connections = new Set<Connection>();
  readonly #upgrades: UpgradeHandler;
  #ticking: NodeJS.Timeout | null = null;
  #isClosing = false;
  #forgetsAt = 0;

  constructor(services: WsServices, settings: WsSettings) {
    this.#services = services;
    this.#settings = settings;
    this.#limits = { ...contractLimits, ...settings.limits };
    const admissions = limitedAdmissions();
    const disconnections = new DisconnectionRecorder({ services, maxWaiting: this.#limits.maxWaitingDisconnections });
    const traffic = new TrafficBudgets(this.#limits);
    const memory = new HeldMemory({ maxBytes: this.#limits.maxHeldBytes });
    const longMessages = new LongMessages({ collect: () => settings.collectYoung?.() });
    this.#parts = {
      services,
      registry: this.#registry,
      limits: this.#limits,
      traffic,
      memory,
      longMessages,
      admissions,
      disconnections,
    };
    this.#upgrades = new UpgradeHandler({ services, settings, limits: this.#limits, onArrival: (arrival) => this.#receive(arrival) });
  }

  get openSockets(): number {
    return this.#connections.size;
  }

  get heldBytes(): number {
    return this.#parts.memory.bytes;
  }

  async start(): Promise<void> {
    const { deliverEvent, followConnections, watchSubscriptions } = this.#services;
    await deliverEvent.start(this.#registry);
    await followConnections.start(this.#registry);
    watchSubscriptions.start({ connections: this.#registry, intervalSeconds: this.#settings.subscriptionPollSeconds });
    this.#ticking = setInterval(() => this.#tick(), this.#limits.tickMs);
  }

  attach(server: Server): void {
    this.#upgrades.open(server);
  }

  async close(graceMs: number): Promise<void> {
    this.#isClosing = true;
    const endsAt = performance.now() + graceMs;
    await this.#sendAway(graceMs / 2);
    while (this.#connections.size > 0 && performance.now() < endsAt) await delay(drainStepMs);
    for (const connection of this.#connections) connection.cut();
    while (this.#connections.size > 0) await delay(1);
    await this.#parts.disconnections.idle();
    clearInterval(this.#ticking ?? undefined);
    const { deliverEvent, followConnections, watchSubscriptions } = this.#services;
    await Promise.all([watchSubscriptions.stop(), followConnections.stop(), deliverEvent.stop()]);
  }

  #receive({ presented, ...arrived }: Arrival): void {
    const connection = new Connection({ ...arrived, parts: this.#parts, onGone: (gone) => this.#forget(gone) });
    this.#connections.add(connection);
    this.#services.metrics.socketsChanged(this.#connections.size);
    if (this.#isClosing) connection.close('going_away');
    else if (this.#connections.size > this.#settings.maxSockets) connection.close('server_full');
    else connection.start(presented);
  }

  #forget(connection: Connection): void {
    this.#connections.delete(connection);
    this.#services.metrics.socketsChanged(this.#connections.size);
  }

  #tick(): void {
    const now = performance.now();
    const { memory, traffic } = this.#parts;
    for (const connection of this.#connections) connection.tick(now);
    memory.recount();
    if (now < this.#forgetsAt) return;
    this.#forgetsAt = now + forgetEveryMs;
    traffic.forgetFull(now);
  }

  /** Closes a few at a time: clients reconnect to another process, and not all at once. */
  async #sendAway(spreadMs: number): Promise<void> {
    const connections = [...this.#connections];
    const steps = Math.max(1, Math.floor(Math.min(spreadMs, connections.length) / drainStepMs));
    const stepSize = Math.ceil(connections.length / steps);
    const [min, max] = retryRange(connections.length);
    for (let start = 0; start < connections.length; start += stepSize) {
      if (start > 0) await delay(drainStepMs);
      for (const connection of connections.slice(start, start + stepSize)) connection.close('going_away', randomInt(min, max));
    }
  }
}

/** Begins concurrent admissions in batches, so that their reads share queries, and runs at most 64 of them while the database is slow. */
function limitedAdmissions(): Pick<Semaphore, 'run'> {
  const [batcher, semaphore] = [new AdmissionBatcher(), new Semaphore({ places: maxConcurrentAdmissions })];
  return { run: (work) => batcher.run(() => semaphore.run(work)) };
}

/** In milliseconds. More connections get a longer range, so that at most about a thousand clients reconnect in a second. */
const retryRange = (connections: number): readonly [number, number] => [200, Math.min(30_000, 1000 + connections)];
