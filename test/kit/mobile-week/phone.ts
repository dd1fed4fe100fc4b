import { type Instant, secondsToMs } from '../../../core/domain/instant.js';
import type { Chance } from './chance.js';
import type { Delivery, Incidents } from './incidents.js';
import { PhoneHabits } from './phone-habits.js';
import type { GrantedTokens, Outcome, RefreshJudge } from './refresh-judge.js';
import { type HeldToken, SessionModel } from './session-model.js';
import type { Person, SimulatedServers } from './simulated-servers.js';
import type { Timeline } from './timeline.js';
import type { WeekLog } from './week-report.js';

export interface PhoneOptions {
  readonly person: Person;
  readonly servers: SimulatedServers;
  readonly judge: RefreshJudge;
  readonly timeline: Timeline;
  readonly incidents: Incidents;
  readonly chance: Chance;
  readonly log: WeekLog;
  /** Index of the phone. */
  readonly device: number;
  readonly loss: number;
}

/** A request that the phone gave up may still arrive for this long, in milliseconds. */
const lateMs = 10_000;

/**
 * A phone that follows the rules of docs/api.md: it stores a new refresh token before it uses it, sends the stored one again while no
 * response arrives, however late that is, and deletes it only after a refusal with the action `login`.
 */
export class Phone {
  readonly #options: PhoneOptions;
  readonly #habits: PhoneHabits;
  /** The token on the disk of the phone; null while the user is signed out. */
  #stored: HeldToken | null = null;
  /** The last token of a session that ended, for `known_device`. */
  #former: string | null = null;
  /** The access token exists only in the memory of the app. */
  #accessEndsAt: Instant = 0;
  /** Only the newest plan to use the app is carried out. */
  #plan = 0;
  #late: { readonly token: HeldToken; readonly until: Instant } | null = null;

  constructor(options: PhoneOptions) {
    this.#options = options;
    this.#habits = new PhoneHabits(options);
  }

  get stored(): HeldToken | null {
    return this.#stored;
  }

  /** Uses the app from now on, and around each incident as well, when many people do. */
  start(): void {
    const { timeline, incidents, chance } = this.#options;
    this.#useIn(this.#habits.untilFirstUse());
    const rushes = [...incidents.restarts.map((at) => at - 2000), ...incidents.failovers.map(({ from }) => from)];
    for (const at of rushes) if (chance.happens(0.5)) timeline.schedule(at + chance.between(0, 3000), () => this.#use());
  }

  async #use(): Promise<void> {
    if (this.#stored?.session.isDistrusted) this.#forget();
    if (this.#stored === null) await this.#signIn();
    else if (this.#habits.signsOut()) await this.#signOut(this.#stored);
    else if (this.#now < this.#accessEndsAt) this.#useIn(this.#habits.untilNextUse());
    else await this.#refresh(this.#stored);
  }

  async #refresh(token: HeldToken): Promise<void> {
    if (this.#late !== null && this.#late.token !== token && this.#now < this.#late.until) {
      this.#useIn(lateMs);
      return;
    }
    const { chance, judge } = this.#options;
    const deliveries = Array.from({ length: this.#habits.parallelRefreshes() }, () => this.#deliver());
    for (const { isReceived } of deliveries) if (!isReceived && chance.happens(0.3)) this.#arriveLate(token);
    this.#react(await judge.present(token, deliveries));
  }

  #react(outcomes: readonly Outcome[]): void {
    const granted = outcomes.find((outcome) => outcome.kind === 'granted');
    const refused = outcomes.find((outcome) => outcome.kind === 'signed_out');
    if (granted !== undefined) {
      this.#receive(granted);
    } else if (refused !== undefined) {
      if (refused.reason !== null) this.#options.log.logouts[refused.reason] += 1;
      this.#forget();
      this.#useIn(this.#habits.untilSignIn());
    } else {
      this.#useIn(this.#habits.untilRetry());
    }
  }

  /** The app may be killed before the token is stored, or after that and before anything else. */
  #receive({ token, expiresIn }: GrantedTokens): void {
    const { chance, log } = this.#options;
    const isKilledBefore = chance.happens(0.05);
    const isKilledAfter = !isKilledBefore && chance.happens(0.05);
    if (!isKilledBefore) this.#stored = token;
    if (isKilledBefore) log.kills.beforeStored += 1;
    if (isKilledAfter) log.kills.afterStored += 1;
    const isKilled = isKilledBefore || isKilledAfter;
    this.#accessEndsAt = isKilled ? 0 : this.#now + secondsToMs(expiresIn);
    this.#useIn(isKilled ? this.#habits.untilReopened() : this.#habits.untilNextUse());
  }

  /** A request that seemed lost reaches a server after all, when the phone no longer waits for its response. */
  #arriveLate(token: HeldToken): void {
    const { chance, judge, log, timeline } = this.#options;
    this.#late = { token, until: this.#now + lateMs };
    log.refreshes.late += 1;
    timeline.schedule(this.#now + chance.between(1000, lateMs), async () => {
      await judge.present(token, [{ ...this.#deliver(), isReceived: true, isAnswered: false }]);
    });
  }

  async #signIn(): Promise<void> {
    const { servers, person, chance, log, device } = this.#options;
    const { isReceived, isAnswered, database } = this.#deliver();
    const answer = isReceived ? await servers.logIn(person, chance.happens(0.5) ? this.#former : null, database) : null;
    if (answer?.kind === 'refused') log.faults.push({ device, at: this.#now, code: answer.code, detail: 'a right password was refused' });
    if (answer?.kind !== 'done' || !isAnswered) {
      this.#useIn(this.#habits.untilRetry());
      return;
    }
    const session = new SessionModel({ policy: servers.sessionPolicy, openedAt: this.#now });
    session.isSame(0, answer.body.refreshToken);
    this.#stored = { session, number: 0, text: answer.body.refreshToken };
    this.#accessEndsAt = this.#now + secondsToMs(answer.body.expiresIn);
    this.#useIn(this.#habits.untilNextUse());
  }

  /** Also with a token whose successor the phone never received; the phone deletes the token whatever the outcome of the request. */
  async #signOut({ session, text }: HeldToken): Promise<void> {
    const { servers, log } = this.#options;
    const { isReceived, database } = this.#deliver();
    const answer = isReceived ? await servers.logOut(text, database) : null;
    if (answer?.kind === 'done' || (answer !== null && database === 'commits_unanswered')) session.signOut(this.#now);
    log.logouts.signed_out += 1;
    this.#forget();
    this.#useIn(this.#habits.untilNextUse());
  }

  #forget(): void {
    this.#former = this.#stored?.text ?? this.#former;
    this.#stored = null;
    this.#accessEndsAt = 0;
  }

  #useIn(ms: number): void {
    this.#plan += 1;
    const plan = this.#plan;
    this.#options.timeline.schedule(this.#now + ms, () => (plan === this.#plan ? this.#use() : undefined));
  }

  #deliver(): Delivery {
    const { incidents, loss, chance } = this.#options;
    return incidents.deliver(this.#now, loss, chance);
  }

  get #now(): Instant {
    return this.#options.timeline.clock.now();
  }
}
