/** Runs work repeatedly in the background. */
export interface Scheduler {
  /** Runs `task` every `intervalMs`, never twice at once. The task handles its own errors; a failure does not stop the repetition. */
  every(intervalMs: number, task: () => Promise<void>): ScheduledTask;
}

export interface ScheduledTask {
  /** Resolves when the last run has ended. */
  stop(): Promise<void>;
}
