import type { Instant } from '../../domain/instant.js';
import type { HealthProbe } from '../../ports/operations/health-probe.js';
import type { Ports } from '../../ports/ports.js';

type State = 'up' | 'down';

export interface DependencyState {
  readonly name: string;
  readonly state: State;
  readonly isEssential: boolean;
  /** A problem that the operator must solve although the dependency works; null for none. */
  readonly warning: string | null;
}

export interface Readiness {
  readonly isReady: boolean;
  readonly dependencies: readonly DependencyState[];
}

export type CheckReadinessPorts = Pick<Ports, 'probes' | 'logger' | 'clock'>;

interface Check {
  readonly state: Promise<State>;
  /** Null while the check runs. */
  endedAt: Instant | null;
}

/**
 * How long the result of a check is reused, in milliseconds: no limit applies to readiness requests, and each check is work for a
 * dependency.
 */
const keptMs = 1000;

/**
 * Checks every dependency. The result is ready while all essential dependencies work. However often it is called, each dependency gets one
 * check at a time, and none within a second after the last. A probe whose state is known without a check returns at once. Never throws.
 */
export class CheckReadiness {
  readonly #ports: CheckReadinessPorts;
  readonly #checks = new Map<HealthProbe, Check>();

  constructor(ports: CheckReadinessPorts) {
    this.#ports = ports;
  }

  async execute(): Promise<Readiness> {
    const dependencies = await Promise.all(this.#ports.probes.map((probe) => this.#dependencyOf(probe)));
    return { isReady: dependencies.every(({ state, isEssential }) => state === 'up' || !isEssential), dependencies };
  }

  async #dependencyOf(probe: HealthProbe): Promise<DependencyState> {
    const { name, isEssential } = probe;
    const state = await this.#stateOf(probe);
    return { name, state, isEssential, warning: state === 'up' ? (probe.warning?.() ?? null) : null };
  }

  #stateOf(probe: HealthProbe): Promise<State> | State {
    if (probe.isKnownDown?.() === true) return 'down';
    const last = this.#checks.get(probe);
    if (last !== undefined && this.#isKept(last)) return last.state;
    const check: Check = { state: this.#check(probe), endedAt: null };
    void check.state.then(() => {
      check.endedAt = this.#ports.clock.now();
    });
    this.#checks.set(probe, check);
    return check.state;
  }

  /** A clock that is set back does not extend the reuse of a result. */
  #isKept({ endedAt }: Check): boolean {
    if (endedAt === null) return true;
    const ageMs = this.#ports.clock.now() - endedAt;
    return ageMs >= 0 && ageMs < keptMs;
  }

  async #check(probe: HealthProbe): Promise<State> {
    try {
      await probe.check();
      return 'up';
    } catch (error) {
      this.#ports.logger.debug('dependency is down', { dependency: probe.name, error });
      return 'down';
    }
  }
}
