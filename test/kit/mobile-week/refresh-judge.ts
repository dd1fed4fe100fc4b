import type { ErrorCode } from '../../../core/domain/error-code.js';
import { actions } from '../../../core/domain/error-code.js';
import { secondsUntil } from '../../../core/domain/instant.js';
import type { TokenResponse } from '../../../core/domain/sessions/token-response.js';
import type { DatabaseFate, Delivery } from './incidents.js';
import type { Demand, HeldToken, LogoutReason } from './session-model.js';
import type { Answer, SimulatedServers } from './simulated-servers.js';
import type { Timeline } from './timeline.js';
import type { WeekLog } from './week-report.js';

export interface GrantedTokens {
  readonly token: HeldToken;
  /** Lifetime of the access token in seconds. */
  readonly expiresIn: number;
}

/** The outcome of a request for its client. */
export type Outcome =
  | ({ readonly kind: 'granted' } & GrantedTokens)
  /** `reason` is null where the rules do not require a logout. */
  | { readonly kind: 'signed_out'; readonly reason: LogoutReason | null }
  | { readonly kind: 'no_answer' };

export interface RefreshJudgeOptions {
  readonly servers: SimulatedServers;
  readonly timeline: Timeline;
  readonly log: WeekLog;
  /** Index of the phone. */
  readonly device: number;
}

const noAnswer = { kind: 'no_answer' } as const;
const hourMs = 3_600_000;

/** Presents refresh tokens to the servers, and compares each response with the rules. */
export class RefreshJudge {
  readonly #options: RefreshJudgeOptions;

  constructor(options: RefreshJudgeOptions) {
    this.#options = options;
  }

  /** Sends one token in several requests at once. */
  async present(token: HeldToken, deliveries: readonly Delivery[]): Promise<readonly Outcome[]> {
    const { servers, log } = this.#options;
    const received = deliveries.filter(({ isReceived }) => isReceived);
    log.refreshes.sent += deliveries.length;
    log.refreshes.lostRequests += deliveries.length - received.length;
    const answers = await Promise.all(received.map(async ({ database }) => await servers.refresh(token.text, database)));
    return received.map(({ database, isAnswered }, index) => {
      const outcome = this.#judge(token, answers[index] ?? { kind: 'unavailable' }, database);
      if (isAnswered || outcome.kind === 'no_answer') return outcome;
      log.refreshes.lostAnswers += 1;
      return noAnswer;
    });
  }

  #judge(token: HeldToken, answer: Answer<TokenResponse>, fate: DatabaseFate): Outcome {
    const { session, number } = token;
    const now = this.#options.timeline.clock.now();
    if (fate !== 'works') this.#options.log.refreshes.unavailable += 1;
    if (answer.kind === 'unavailable') {
      if (fate === 'commits_unanswered') session.present(number, now);
      return noAnswer;
    }
    if (session.isDistrusted) return noAnswer;
    const demand = session.present(number, now);
    return answer.kind === 'done' ? this.#judgeGrant(token, answer.body, demand) : this.#judgeRefusal(token, answer.code, demand);
  }

  #judgeGrant({ session, number }: HeldToken, { refreshToken, expiresIn, refreshExpiresIn }: TokenResponse, demand: Demand): Outcome {
    const { log, timeline } = this.#options;
    if (demand.kind === 'refusal') {
      session.isDistrusted = true;
      if (demand.isReuse) log.missedThefts.push(this.#finding(null, `token ${number} was accepted after a later one`));
      else log.faults.push(this.#finding(null, `token ${number} was accepted, and the session was over: ${demand.reason}`));
      return noAnswer;
    }
    const successor = { session, number: number + 1, text: refreshToken };
    if (!session.isSame(successor.number, refreshToken)) log.faults.push(this.#finding(null, `token ${number} has two successors`));
    if (refreshExpiresIn !== secondsUntil(session.idleEndsAt, timeline.clock.now())) {
      log.faults.push(
        this.#finding(null, `the successor of token ${number} ends in ${refreshExpiresIn} s, which is not when the session does`),
      );
    }
    this.#countGrant(demand.repeatedAfterMs);
    return { kind: 'granted', token: successor, expiresIn };
  }

  #countGrant(repeatedAfterMs: number | null): void {
    const { refreshes } = this.#options.log;
    if (repeatedAfterMs === null) refreshes.rotated += 1;
    else refreshes.repeated += 1;
    if (repeatedAfterMs !== null && repeatedAfterMs > hourMs) refreshes.repeatedAfterAnHour += 1;
  }

  #judgeRefusal({ session, number }: HeldToken, code: ErrorCode, demand: Demand): Outcome {
    const { log } = this.#options;
    if (demand.kind === 'tokens') {
      session.isDistrusted = true;
      log.falseLogouts.push(this.#finding(code, `token ${number} was refused, and no later one had been presented`));
      return { kind: 'signed_out', reason: null };
    }
    if (demand.isReuse && !session.isShared)
      log.faults.push(this.#finding(code, `the phone itself presented token ${number} after a later one`));
    if (actions[code] !== 'login')
      log.faults.push(this.#finding(code, `a session that is over is refused with the action ${actions[code]}`));
    return { kind: 'signed_out', reason: demand.reason };
  }

  #finding(code: ErrorCode | null, detail: string) {
    const { device, timeline } = this.#options;
    return { device, at: timeline.clock.now(), code, detail };
  }
}
