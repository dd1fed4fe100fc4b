import type { Traffic } from './load/closed-loop.js';
import { httpRequest } from './load/http-request.js';
import { newcomer } from './subjects/open-accounts.js';
import type { Account, Subject } from './subjects/subject.js';

/** One kind of request, sent by a number of connections at once. */
export interface Scenario {
  readonly connections: number;
  /** The program with the least code for the same work: the floor server, or only Argon2. */
  readonly floor: 'server' | 'argon2';
  traffic(subject: Subject): Traffic;
}

export const scenarios = {
  me: {
    connections: 64,
    floor: 'server',
    traffic({ accounts }) {
      const requests = accounts.map(({ accessToken }) => httpRequest({ method: 'GET', path: '/users/me', token: accessToken }));
      return { next: (connection) => of(requests, connection) };
    },
  },
  refresh: {
    connections: 32,
    floor: 'server',
    traffic({ accounts }) {
      const tokens = chains.get(accounts) ?? accounts.map(({ refreshToken }) => refreshToken);
      chains.set(accounts, tokens);
      return {
        next: (connection) => httpRequest({ method: 'POST', path: '/auth/refresh', body: { refresh_token: of(tokens, connection) } }),
        seen: (connection, { body }) => {
          tokens[connection % tokens.length] = (JSON.parse(body) as { refresh_token: string }).refresh_token;
        },
      };
    },
  },
  patch: {
    connections: 32,
    floor: 'server',
    traffic({ accounts }) {
      let serial = 1_000_000;
      return {
        next(connection) {
          const { accessToken } = of(accounts, connection);
          serial += 1;
          return httpRequest({ method: 'PATCH', path: '/users/me', token: accessToken, body: { phone: `+${serial}` } });
        },
      };
    },
  },
  login: {
    connections: 16,
    floor: 'argon2',
    traffic({ accounts }) {
      let serial = 0;
      const requests = accounts.map(({ email, password }) =>
        httpRequest({ method: 'POST', path: '/auth/login', body: { email, password } }),
      );
      return { next: () => of(requests, serial++) };
    },
  },
  register: {
    connections: 16,
    floor: 'argon2',
    traffic: () => ({ next: () => httpRequest({ method: 'POST', path: '/auth/register', body: newcomer() }) }),
  },
} as const satisfies Readonly<Record<string, Scenario>>;

export type ScenarioName = keyof typeof scenarios;

export const scenarioNames = Object.keys(scenarios) as readonly ScenarioName[]; // the keys of a literal, nothing more

/** As many accounts as the max number of connections of a scenario, so that each connection has its own account. */
export const accountsNeeded = Math.max(...Object.values(scenarios).map(({ connections }) => connections));

/** A refresh token is valid once: a later run of the same subject continues with the last token of the previous run. */
const chains = new WeakMap<readonly Account[], string[]>();

function of<Item>(list: readonly Item[], index: number): Item {
  const item = list[index % list.length];
  if (item === undefined) throw new Error('there are no accounts to ask about');
  return item;
}
