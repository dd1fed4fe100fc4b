import type { HealthProbe } from '../../core/ports/operations/health-probe.js';

/** Fails after the process received the signal to stop: the process still serves, but must get no new clients. */
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
