import { runHashFloor } from './floor/run-hash-floor.js';
import { closedLoop, type Run } from './load/closed-loop.js';
import { median } from './median.js';
import { type Scenario, type ScenarioName, scenarios } from './scenarios.js';
import type { Subject } from './subjects/subject.js';

/** The medians of the runs of one server in one scenario. */
export interface Measurement {
  readonly scenario: ScenarioName;
  readonly subject: Subject['name'];
  readonly median: Run;
  readonly runs: readonly Run[];
}

export interface MeasureOptions {
  readonly subjects: readonly Subject[];
  readonly rounds: number;
  readonly seconds: number;
}

const warmUpSeconds = 3;
/** Before the first round: V8 needs this time to compile the code, which is half as fast before. */
const longWarmUpSeconds = 12;

/** Measures the servers in turn, round after round: a machine that slows down affects all of them. */
export async function measure(name: ScenarioName, { subjects, rounds, seconds }: MeasureOptions): Promise<readonly Measurement[]> {
  const scenario: Scenario = scenarios[name];
  const runs = new Map<Subject['name'], Run[]>(subjects.map((subject) => [subject.name, []]));
  for (const subject of subjects) await warmUp(name, subject);
  for (let round = 1; round <= rounds; round += 1) {
    for (const subject of subjects) runs.get(subject.name)?.push(await runOf(scenario, subject, { seconds }));
  }
  return [...runs].map(([subject, all]) => ({ scenario: name, subject, median: medianRun(all), runs: all }));
}

export interface RunOptions {
  readonly seconds: number;
  /** Default: the number of the scenario. */
  readonly connections?: number;
}

/** Runs one scenario on one server, once. */
export function measureOne(name: ScenarioName, subject: Subject, options: RunOptions): Promise<Run> {
  return runOf(scenarios[name], subject, options);
}

/** Sends requests until each process of a server has handled as many as a single process would. */
export async function warmUp(name: ScenarioName, subject: Subject, { processes = 1 } = {}): Promise<void> {
  const scenario: Scenario = scenarios[name];
  if (isServed(scenario, subject)) await runOf(scenario, subject, { seconds: longWarmUpSeconds * processes });
}

const isServed = (scenario: Scenario, subject: Subject): boolean => subject.name !== 'floor' || scenario.floor === 'server';

function runOf(scenario: Scenario, subject: Subject, { seconds, connections = scenario.connections }: RunOptions): Promise<Run> {
  if (!isServed(scenario, subject)) return argon2Alone(seconds);
  const { url, watched } = subject;
  return closedLoop({ url, connections, warmUpSeconds, seconds, watched, traffic: scenario.traffic(subject) });
}

async function argon2Alone(seconds: number): Promise<Run> {
  const run = await runHashFloor(seconds);
  if (run === null) throw new Error('there is no Argon2 on this machine');
  return run;
}

function medianRun(runs: readonly Run[]): Run {
  const [first] = runs;
  if (first === undefined) throw new Error('there was no round');
  const medianOf = (figure: (run: Run) => number) => median(runs.map(figure));
  return {
    requests: medianOf((run) => run.requests),
    perSecond: medianOf((run) => run.perSecond),
    p50Ms: medianOf((run) => run.p50Ms),
    p99Ms: medianOf((run) => run.p99Ms),
    cpuMs: Object.fromEntries(Object.keys(first.cpuMs).map((name) => [name, medianOf((run) => run.cpuMs[name] ?? Number.NaN)])),
    failures: runs.reduce((sum, { failures }) => sum + failures, 0),
    failure: runs.find(({ failure }) => failure !== null)?.failure ?? null,
  };
}
