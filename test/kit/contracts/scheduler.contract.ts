import { expect } from 'chai';
import type { ScheduledTask, Scheduler } from '../../../core/ports/scheduler.js';
import { globalRunner, type TestRunner } from '../runner/test-runner.js';

export interface SchedulerHarness {
  readonly scheduler: Scheduler;
  /** Lets at least `ms` pass; does not wait for runs that take longer. */
  pass(ms: number): Promise<void>;
}

/** The contract of every `Scheduler`. */
export function schedulerContract(name: string, open: () => SchedulerHarness, runner: TestRunner = globalRunner()): void {
  const { describe, it, itInTime = it, afterEach } = runner;
  describe(`${name} as a scheduler`, () => {
    const tasks: ScheduledTask[] = [];
    const every = (scheduler: Scheduler, intervalMs: number, task: () => Promise<void>) => {
      const scheduled = scheduler.every(intervalMs, task);
      tasks.push(scheduled);
      return scheduled;
    };
    afterEach(async () => {
      await Promise.all(tasks.splice(0).map((task) => task.stop()));
    });

    itInTime('runs a task again and again, for the first time after one interval', async () => {
      const { scheduler, pass } = open();
      let runs = 0;
      every(scheduler, 50, async () => {
        runs += 1;
      });
      expect(runs).to.equal(0);
      await pass(330);
      expect(runs).to.be.within(4, 7);
    });

    itInTime('never runs a task twice at once', async () => {
      const { scheduler, pass } = open();
      const slow = Promise.withResolvers<void>();
      let [running, max, runs] = [0, 0, 0];
      every(scheduler, 20, async () => {
        runs += 1;
        running += 1;
        max = Math.max(max, running);
        await slow.promise;
        running -= 1;
      });
      await pass(100);
      expect(runs).to.equal(1);
      slow.resolve();
      await pass(100);
      expect(runs).to.be.greaterThan(1);
      expect(max).to.equal(1);
    });

    itInTime('continues after a failure', async () => {
      const { scheduler, pass } = open();
      let runs = 0;
      every(scheduler, 20, async () => {
        runs += 1;
        throw new Error('this run failed');
      });
      await pass(120);
      expect(runs).to.be.greaterThan(2);
    });

    itInTime('runs nothing any more once it was stopped', async () => {
      const { scheduler, pass } = open();
      let runs = 0;
      const task = every(scheduler, 20, async () => {
        runs += 1;
      });
      await pass(50);
      await task.stop();
      const before = runs;
      await pass(100);
      expect(before).to.be.greaterThan(0);
      expect(runs).to.equal(before);
    });

    itInTime('has stopped when the last run has ended, and no sooner', async () => {
      const { scheduler, pass } = open();
      const slow = Promise.withResolvers<void>();
      let hasEnded = false;
      const task = every(scheduler, 20, async () => {
        await slow.promise;
        hasEnded = true;
      });
      await pass(50);
      const stopped = task.stop().then(() => hasEnded);
      await pass(20);
      expect(hasEnded).to.equal(false);
      slow.resolve();
      expect(await stopped).to.equal(true);
    });
  });
}
