import type { Instant } from '../../domain/instant.js';
import type { HealthProbe } from '../../ports/operations/health-probe.js';
import type { Ports } from '../../ports/ports.js';

type State = 'up' | 'down';

export interface DependencyState {
  readonly name: string;
  readonly state: State;
  readonly isEssential: boolean;
  /** What has to be put right although it works; null for nothing. */
  readonly warning: string | null;
}

export interface Readiness {
  readonly isReady: boolean;
  readonly dependencies: readonly DependencyState[];
}

export type CheckReadinessPorts = Pick<Ports, 'probes' | 'logger' | 'clock'>;

interface Check {
  readonly state: Promise<State>;
  /** Null while it runs. */
  endedAt: Instant | null;
}

/** How long the result of a check is returned again: no limit counts requests for readiness, and each check is work for a dependency. */
const keptMs = 1000;

/**
 * Checks every dependency: ready while all that are essential work. However often it is called, each dependency is checked by one call
 * at a time, and not again within a second after it. What a probe knows without a check is returned at once. Never throws.
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

  /** A clock that was set back makes no result last longer. */
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
