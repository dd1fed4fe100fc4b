import type { ScheduledTask, Scheduler } from '../../core/ports/scheduler.js';

export interface SystemSchedulerOptions {
  /** Called for every run that failed. It must not throw. */
  readonly onError: (error: unknown) => void;
}

/**
 * Timers of this process. They do not keep the process alive. A run that takes longer than its interval skips the intervals that it covers.
 */
export class SystemScheduler implements Scheduler {
  readonly #onError: (error: unknown) => void;

  constructor(options: SystemSchedulerOptions) {
    this.#onError = options.onError;
  }

  every(intervalMs: number, task: () => Promise<void>): ScheduledTask {
    let current: Promise<void> | null = null;
    const run = async () => {
      try {
        await task();
      } catch (error) {
        this.#onError(error);
      }
      current = null;
    };
    const timer = setInterval(() => {
      current ??= run();
    }, intervalMs);
    timer.unref();
    return {
      stop: async () => {
        clearInterval(timer);
        await current;
      },
    };
  }
}
