import type { HealthProbe } from '../ports/health-probe.js';
import type { Ports } from '../ports/ports.js';

export interface Readiness {
  readonly isReady: boolean;
  readonly dependencies: readonly { readonly name: string; readonly state: 'up' | 'down'; readonly isEssential: boolean }[];
}

/** Asks every dependency how it is: ready while all that are essential work. Never throws. */
export class CheckReadiness {
  readonly #ports: Pick<Ports, 'probes' | 'logger'>;

  constructor(ports: Pick<Ports, 'probes' | 'logger'>) {
    this.#ports = ports;
  }

  async execute(): Promise<Readiness> {
    const dependencies = await Promise.all(this.#ports.probes.map((probe) => this.#ask(probe)));
    return { isReady: dependencies.every(({ state, isEssential }) => state === 'up' || !isEssential), dependencies };
  }

  async #ask(probe: HealthProbe): Promise<Readiness['dependencies'][number]> {
    const { name, isEssential } = probe;
    try {
      await probe.check();
      return { name, state: 'up', isEssential };
    } catch (error) {
      this.#ports.logger.debug('dependency is down', { dependency: name, error });
      return { name, state: 'down', isEssential };
    }
  }
}
