import type { HealthProbe } from '../../core/ports/operations/health-probe.js';

/** Down once the process has been told to stop: it still serves, and wants no new clients. */
export class StopProbe implements HealthProbe {
  readonly name = 'process';
  readonly isEssential = true;
  #isStopping = false;

  stop(): void {
    this.#isStopping = true;
  }

  isKnownDown(): boolean {
    return this.#isStopping;
  }

  async check(): Promise<void> {
    if (this.#isStopping) throw new Error('the process is stopping');
  }
}
