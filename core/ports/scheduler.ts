/** Work repeated in the background. */
export interface Scheduler {
  /** Runs `task` every `intervalMs`, never twice at once; a failure is the task's own affair and ends nothing. */
  every(intervalMs: number, task: () => Promise<void>): ScheduledTask;
}

export interface ScheduledTask {
  /** Resolves when the last run has ended. */
  stop(): Promise<void>;
}
