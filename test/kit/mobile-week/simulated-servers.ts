import { setTimeout as delay } from 'node:timers/promises';
import { AuthError } from '../../../core/domain/auth-error.js';
import type { ErrorCode } from '../../../core/domain/error-code.js';
import { noOrigin } from '../../../core/domain/origin.js';
import type { SessionPolicy } from '../../../core/domain/sessions/session.js';
import type { TokenResponse } from '../../../core/domain/sessions/token-response.js';
import type { Clock } from '../../../core/ports/clock.js';
import { RegisterUser, type RegisterUserPorts } from '../../../core/usecases/accounts/register-user.js';
import { LogIn, type LogInPorts } from '../../../core/usecases/sessions/log-in.js';
import { LogOut, type LogOutPorts } from '../../../core/usecases/sessions/log-out.js';
import { RefreshSession, type RefreshSessionPorts } from '../../../core/usecases/sessions/refresh-session.js';
import type { Chance } from './chance.js';
import type { DatabaseFate } from './incidents.js';
import { portsByFate } from './ports-by-fate.js';

/** The ports of one process that the simulated servers need. */
export type MobileWeekPorts = RegisterUserPorts & LogInPorts & LogOutPorts & RefreshSessionPorts;

/** The processes of a service; at least one. */
export type MobileWeekProcesses = readonly [MobileWeekPorts, ...MobileWeekPorts[]];

/** The response of a server. */
export type Answer<Body> =
  | { readonly kind: 'done'; readonly body: Body }
  | { readonly kind: 'refused'; readonly code: ErrorCode }
  /** 503 with the action `retry`. */
  | { readonly kind: 'unavailable' };

export interface Person {
  readonly email: string;
  readonly password: string;
}

/** Max number of attempts for a served request that a real dependency refused. */
const maxTries = 20;

/** The processes of the service for one phone: with the clock of its timeline, each request at any of them. */
export class SimulatedServers {
  readonly #processes: MobileWeekProcesses;
  readonly #chance: Chance;

  constructor({ processes, clock, chance }: { readonly processes: MobileWeekProcesses; readonly clock: Clock; readonly chance: Chance }) {
    const [first, ...others] = processes;
    this.#processes = [{ ...first, clock }, ...others.map((ports) => ({ ...ports, clock }))];
    this.#chance = chance;
  }

  get sessionPolicy(): SessionPolicy {
    return this.#processes[0].sessionPolicy;
  }

  refresh(refreshToken: string, fate: DatabaseFate): Promise<Answer<TokenResponse>> {
    return this.#answer(fate, (ports) => new RefreshSession(ports).execute({ refreshToken, origin: noOrigin }));
  }

  logOut(refreshToken: string, fate: DatabaseFate): Promise<Answer<void>> {
    return this.#answer(fate, (ports) => new LogOut(ports).execute({ refreshToken, origin: noOrigin }));
  }

  logIn({ email, password }: Person, knownDevice: string | null, fate: DatabaseFate): Promise<Answer<TokenResponse>> {
    return this.#answer(fate, async (ports) => {
      const { tokens } = await new LogIn(ports).execute({ email, password, knownDevice, origin: noOrigin });
      return tokens;
    });
  }

  /** @throws AuthError any refusal except that the account already exists */
  async register(person: Person): Promise<void> {
    const [ports] = this.#processes;
    await new RegisterUser(ports).execute({ ...person, origin: noOrigin }).catch((error: unknown) => {
      if (!(error instanceof AuthError && error.code === 'email_taken')) throw error;
    });
  }

  async #answer<Body>(fate: DatabaseFate, request: (ports: MobileWeekPorts) => Promise<Body>): Promise<Answer<Body>> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await answerOf(request(portsByFate(this.#chance.pick(this.#processes), fate)));
      if (answer.kind !== 'unavailable' || fate !== 'works') return answer;
      // A real dependency is unavailable: only a response shows what the server did.
      if (attempt === maxTries) throw new Error(`a request of the simulated week got no answer in ${maxTries} attempts`);
      await delay(10 * attempt);
    }
  }
}

/** @throws an error that is not a refusal: a bug */
async function answerOf<Body>(work: Promise<Body>): Promise<Answer<Body>> {
  try {
    return { kind: 'done', body: await work };
  } catch (error) {
    if (!(error instanceof AuthError)) throw error;
    return error.action === 'retry' ? { kind: 'unavailable' } : { kind: 'refused', code: error.code };
  }
}
