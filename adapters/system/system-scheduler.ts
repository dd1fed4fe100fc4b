import type { ScheduledTask, Scheduler } from '../../core/ports/scheduler.js';

export interface SystemSchedulerOptions {
  /** Told of every run that failed; it must not throw. */
  readonly onError: (error: unknown) => void;
}

/** Timers of this process. They never keep it alive; a run that takes longer than its interval skips the beats it covers. */
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
