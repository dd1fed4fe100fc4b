import type { ScheduledTask, Scheduler } from '../../core/ports/scheduler.js';

interface Entry {
  readonly intervalMs: number;
  readonly task: () => Promise<void>;
  dueInMs: number;
  current: Promise<void> | null;
}

/** A scheduler whose time passes only by a call. */
export class ManualScheduler implements Scheduler {
  readonly #entries = new Set<Entry>();
  readonly errors: unknown[] = [];

  /** Number of tasks that have not been stopped. */
  get size(): number {
    return this.#entries.size;
  }

  every(intervalMs: number, task: () => Promise<void>): ScheduledTask {
    const entry: Entry = { intervalMs, task, dueInMs: intervalMs, current: null };
    this.#entries.add(entry);
    return {
      stop: async () => {
        this.#entries.delete(entry);
        await entry.current;
      },
    };
  }

  /** Advances the time by `ms`. Resolves when every run that became due has ended, in the order in which the runs became due. */
  async advance(ms: number): Promise<void> {
    let left = ms;
    for (;;) {
      const next = [...this.#entries].sort((a, b) => a.dueInMs - b.dueInMs)[0];
      const step = Math.min(left, next?.dueInMs ?? left);
      for (const entry of this.#entries) entry.dueInMs -= step;
      left -= step;
      if (next === undefined || next.dueInMs > 0) return;
      next.dueInMs = next.intervalMs;
      await this.#run(next);
    }
  }

  async #run(entry: Entry): Promise<void> {
    if (entry.current !== null) return;
    entry.current = this.#attempt(entry.task);
    await entry.current;
    entry.current = null;
  }

  async #attempt(task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      this.errors.push(error);
    }
  }
}
