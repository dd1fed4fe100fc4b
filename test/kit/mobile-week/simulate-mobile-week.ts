import { Chance } from './chance.js';
import { Incidents } from './incidents.js';
import { Phone } from './phone.js';
import { RefreshJudge } from './refresh-judge.js';
import { type MobileWeekPorts, type MobileWeekProcesses, SimulatedServers } from './simulated-servers.js';
import { Thief } from './thief.js';
import { Timeline } from './timeline.js';
import { type MobileWeekReport, WeekLog } from './week-report.js';

export type { MobileWeekPorts, MobileWeekProcesses } from './simulated-servers.js';

export interface MobileWeekOptions {
  /** Number of phones, each with its own account. */
  readonly devices: number;
  /** A whole number; the same seed gives the same week. */
  readonly seed: number;
  /** Probability, from 0 to below 1, that a request of a phone is lost, and the same for its response. */
  readonly loss: number;
  /** Simulated days. */
  readonly days: number;
  /** Thefts of a stored token in seven days, per phone; 1 by default, 0: none. */
  readonly theftsPerWeek?: number;
  /** Number of phones simulated at once, which is the number of concurrent requests on different sessions; 16 by default. */
  readonly concurrency?: number;
}

const dayMs = 86_400_000;

/**
 * Simulates phones on a bad network for some days, and compares every response with the rules of rotation (contract of
 * `SessionStore.rotate`). It simulates lost requests, lost responses, requests that arrive late, parallel refreshes, apps killed before and
 * after the new token was stored, two restarts of the servers and a failover of the database a day (unreachable for up to ten minutes;
 * transactions with an unknown outcome), and thieves that present copies of stored tokens at any time.
 *
 * `ports` are those of one process, or of several that share one database. Each phone has its own clock, which starts at
 * `ports.clock.now()` and replaces it; that clock is not moved, so that a database's clock can be used as well. The accounts are
 * registered, and sessions are written at simulated times: use a test database. A fast `hasher` saves most of the time.
 *
 * The rules are those of `replaySeconds: 'unused'`: with a number in `ports.sessionPolicy` the report shows the cost of the limit. It does
 * not simulate loss of committed data, clients that use a token before they store it, or requests later than ten seconds.
 * @throws an error that is not a refusal: a bug
 */
export async function simulateMobileWeek(
  ports: MobileWeekPorts | MobileWeekProcesses,
  options: MobileWeekOptions,
): Promise<MobileWeekReport> {
  const { devices, seed, days, concurrency = 16 } = options;
  const processes: MobileWeekProcesses = isList(ports) ? ports : [ports];
  const startsAt = processes[0].clock.now();
  const incidents = new Incidents({ chance: new Chance({ seed }), startsAt, days });
  const log = new WeekLog({ restarts: incidents.restarts.length, failovers: incidents.failovers.length });
  let next = 0;
  const worker = async () => {
    for (let device = next++; device < devices; device = next++) {
      await simulatePhone({ device, processes, incidents, log, startsAt, options });
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return log.report();
}

interface PhoneWeek {
  readonly device: number;
  readonly processes: MobileWeekProcesses;
  readonly incidents: Incidents;
  readonly log: WeekLog;
  readonly startsAt: number;
  readonly options: MobileWeekOptions;
}

async function simulatePhone({ device, processes, incidents, log, startsAt, options }: PhoneWeek): Promise<void> {
  const { seed, loss, days, theftsPerWeek = 1 } = options;
  const chance = new Chance({ seed: Math.imul(seed, 0x9e3779b1) + device + 1 });
  const timeline = new Timeline({ startsAt });
  const servers = new SimulatedServers({ processes, clock: timeline.clock, chance });
  const judge = new RefreshJudge({ servers, timeline, log, device });
  const person = { email: `phone-${seed}-${device}@week.example`, password: 'correct horse battery staple' };
  await servers.register(person);

  const phone = new Phone({ person, servers, judge, timeline, incidents, chance, log, device, loss });
  phone.start();
  const thefts = Math.floor((theftsPerWeek * days) / 7) + (chance.happens(((theftsPerWeek * days) / 7) % 1) ? 1 : 0);
  const thieves = Array.from({ length: thefts }, () => new Thief({ phone, judge, timeline, incidents, chance, log }));
  for (const thief of thieves) timeline.schedule(startsAt + chance.between(0, days * dayMs), () => thief.steal());
  await timeline.runUntil(startsAt + days * dayMs);
  for (const thief of thieves) thief.report();
}

const isList = (ports: MobileWeekPorts | MobileWeekProcesses): ports is MobileWeekProcesses => Array.isArray(ports);
