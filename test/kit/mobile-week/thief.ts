import type { Chance } from './chance.js';
import type { Delivery, Incidents } from './incidents.js';
import type { Phone } from './phone.js';
import type { RefreshJudge } from './refresh-judge.js';
import type { HeldToken } from './session-model.js';
import type { Timeline } from './timeline.js';
import type { WeekLog } from './week-report.js';

export interface ThiefOptions {
  readonly phone: Phone;
  readonly judge: RefreshJudge;
  readonly timeline: Timeline;
  readonly incidents: Incidents;
  readonly chance: Chance;
  readonly log: WeekLog;
}

const minuteMs = 60_000;
const hourMs = 3_600_000;
const maxUses = 4;

/** Copies the token that a phone has stored, presents the copy at some later time, and continues with the tokens that it gets. */
export class Thief {
  readonly #options: ThiefOptions;
  #token: HeldToken | null = null;
  #stolenFrom: HeldToken | null = null;
  #hasPresented = false;
  #hasTokens = false;
  #uses = 0;

  constructor(options: ThiefOptions) {
    this.#options = options;
  }

  /** Copies it now; does nothing while the phone is signed out. */
  steal(): void {
    const { phone, chance } = this.#options;
    if (phone.stored === null || phone.stored.session.isDistrusted) return;
    this.#token = phone.stored;
    this.#stolenFrom = phone.stored;
    const [min, max] = chance.pick([
      [0, 10 * minuteMs],
      [10 * minuteMs, 4 * hourMs],
      [hourMs, 48 * hourMs],
    ]);
    this.#presentIn(chance.between(min, max));
  }

  /** Adds the outcome of the theft to the log, at the end of the week. */
  report(): void {
    if (!this.#hasPresented || this.#stolenFrom === null) return;
    const { thefts } = this.#options.log;
    const { isEndedByTheft } = this.#stolenFrom.session;
    thefts.presented += 1;
    if (isEndedByTheft) thefts.found += 1;
    else if (this.#hasTokens) thefts.unseen += 1;
    else thefts.tooLate += 1;
  }

  #presentIn(ms: number): void {
    const { timeline } = this.#options;
    timeline.schedule(timeline.clock.now() + ms, () => this.#present());
  }

  async #present(): Promise<void> {
    const { judge, chance } = this.#options;
    if (this.#token === null || this.#token.session.isDistrusted) return;
    this.#token.session.isShared = true;
    this.#hasPresented = true;
    const [outcome] = await judge.present(this.#token, [this.#deliver()]);
    if (outcome === undefined || outcome.kind === 'signed_out') return;
    if (outcome.kind === 'no_answer') return this.#presentIn(minuteMs);
    this.#hasTokens = true;
    this.#token = outcome.token;
    this.#uses += 1;
    if (this.#uses < maxUses && chance.happens(0.6)) this.#presentIn(chance.between(minuteMs, 20 * hourMs));
  }

  /** A thief has a good network. */
  #deliver(): Delivery {
    const { incidents, timeline, chance } = this.#options;
    return { ...incidents.deliver(timeline.clock.now(), 0, chance), isReceived: true };
  }
}
