import type { Measurement } from './measure.js';
import { type ScenarioName, scenarioNames } from './scenarios.js';

/** The ratios of this server in one scenario; null where the other server was not measured. */
export interface Ratios {
  readonly scenario: ScenarioName;
  /** Requests a second, divided by those of the other checkout. */
  readonly toBefore: number | null;
  /** Requests a second, divided by those of the baseline. */
  readonly toBaseline: number | null;
  /** Requests a second, divided by those of the floor. */
  readonly toFloor: number | null;
  /** Milliseconds of this server's process per request. */
  readonly cpuMs: number;
}

export function ratiosOf(measurements: readonly Measurement[]): readonly Ratios[] {
  return scenarioNames.flatMap((scenario) => {
    const runOf = (name: Measurement['subject']) =>
      measurements.find((one) => one.scenario === scenario && one.subject === name)?.median ?? null;
    const ours = runOf('ours');
    if (ours === null) return [];
    const to = (other: typeof ours | null) => (other !== null && other.requests > 0 ? ours.perSecond / other.perSecond : null);
    const others = { toBefore: to(runOf('before')), toBaseline: to(runOf('baseline')), toFloor: to(runOf('floor')) };
    return [{ scenario, ...others, cpuMs: ours.cpuMs.server ?? Number.NaN }];
  });
}
