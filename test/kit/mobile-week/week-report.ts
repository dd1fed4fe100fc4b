import type { ErrorCode } from '../../../core/domain/error-code.js';
import type { Instant } from '../../../core/domain/instant.js';
import type { LogoutReason } from './session-model.js';

/** A violation of the rules by the server. */
export interface WeekFinding {
  /** Index of the phone, from 0. */
  readonly device: number;
  /** Simulated, in milliseconds since 1970. */
  readonly at: Instant;
  /** The refusal; null where the server issued tokens. */
  readonly code: ErrorCode | null;
  readonly detail: string;
}

export interface WeekRefreshes {
  /** Requests that a phone or a thief sent, whatever their outcome. */
  readonly sent: number;
  /** Requests that reached no server. */
  readonly lostRequests: number;
  /** Requests that a server carried out and whose response reached no client. */
  readonly lostAnswers: number;
  /** Requests that reached a server after the phone had given them up, up to ten seconds later. */
  readonly late: number;
  /** Responses with a new refresh token. */
  readonly rotated: number;
  /** Responses with the same successor once more. */
  readonly repeated: number;
  /** Repeats more than an hour after the rotation. */
  readonly repeatedAfterAnHour: number;
  /** Requests during which the database was unreachable or failed over. */
  readonly unavailable: number;
}

export interface WeekThefts {
  /** Copies of a stored refresh token that a thief presented. */
  readonly presented: number;
  /** Of these: the session ended as theft, at the thief's request or at the owner's. */
  readonly found: number;
  /**
   * Of these: the thief got tokens, and the session did not end as theft. The rules cannot detect them: neither holder had presented a
   * successor of the token that the other presented.
   */
  readonly unseen: number;
  /** Of these: the session had ended before. */
  readonly tooLate: number;
}

/** The result of a simulated week. `falseLogouts`, `missedThefts` and `faults` are empty where the server follows the rules. */
export interface MobileWeekReport {
  readonly refreshes: WeekRefreshes;
  /** Apps that were killed: before the new refresh token was stored, and after it. */
  readonly kills: { readonly beforeStored: number; readonly afterStored: number };
  readonly restarts: number;
  readonly failovers: number;
  /** Phones that the rules signed out, by reason. */
  readonly logouts: Readonly<Record<LogoutReason, number>>;
  readonly thefts: WeekThefts;
  /** Refusals that sign a phone out, and that the rules do not require. */
  readonly falseLogouts: readonly WeekFinding[];
  /** Tokens that were accepted although their successor had been presented. */
  readonly missedThefts: readonly WeekFinding[];
  /** Other violations: a second successor of one token, tokens of a session that had ended, a wrong expiry, a refused sign-in. */
  readonly faults: readonly WeekFinding[];
}

type Mutable<Part> = { -readonly [Key in keyof Part]: Part[Key] };

/** The report while it is written: all phones write into one. */
export class WeekLog implements MobileWeekReport {
  readonly refreshes: Mutable<WeekRefreshes> = {
    ...{ sent: 0, lostRequests: 0, lostAnswers: 0, late: 0 },
    ...{ rotated: 0, repeated: 0, repeatedAfterAnHour: 0, unavailable: 0 },
  };
  readonly kills = { beforeStored: 0, afterStored: 0 };
  readonly logouts: Record<LogoutReason, number> = { idle_life_over: 0, absolute_life_over: 0, theft_found: 0, signed_out: 0 };
  readonly thefts: Mutable<WeekThefts> = { presented: 0, found: 0, unseen: 0, tooLate: 0 };
  readonly falseLogouts: WeekFinding[] = [];
  readonly missedThefts: WeekFinding[] = [];
  readonly faults: WeekFinding[] = [];
  readonly restarts: number;
  readonly failovers: number;

  constructor({ restarts, failovers }: Pick<MobileWeekReport, 'restarts' | 'failovers'>) {
    this.restarts = restarts;
    this.failovers = failovers;
  }

  /** Sorted by time, as plain data. */
  report(): MobileWeekReport {
    const sorted = (findings: readonly WeekFinding[]) => [...findings].sort((a, b) => a.at - b.at || a.device - b.device);
    const { refreshes, kills, restarts, failovers, logouts, thefts } = this;
    return {
      ...{ refreshes, kills, restarts, failovers, logouts, thefts },
      falseLogouts: sorted(this.falseLogouts),
      missedThefts: sorted(this.missedThefts),
      faults: sorted(this.faults),
    };
  }
}
