import { expect } from 'chai';
import { HmacRefreshTokenCodec } from '../../../adapters/node-crypto/hmac-refresh-token-codec.js';
import type { SessionId } from '../../../core/domain/ids.js';
import { type ApiAnswer, apiClient } from '../../support/api-client.js';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { phonePassword, registerSomeone, untilServed } from '../support/phone.js';
import type { Stage } from '../support/stage.js';
import { stages } from '../support/stages.js';
import { whileShared } from '../support/while-shared.js';

const foreignSecret = '5b1f0e7c94d2a8663f0c7be1d94a25380e6fb9c1d72a4f5836e1c07d9ba4f2e8';

interface Attempt {
  readonly email: string;
  readonly password?: string;
  readonly knownDevice?: string | null;
}

for (const { name, open } of stages) {
  describe(`Clients that use up the attempts of an account, ${name}`, () => {
    let stage: Stage;
    let servers: readonly RunningServer[] = [];
    before(async () => {
      // One failure is the limit, so that no pause of some seconds stands between a test and what it shows.
      stage = await open({ ACCOUNT_RATE_LIMIT: '1/900', TRUST_PROXY: '127.0.0.1' });
      const processes = stage.database === null ? 1 : 2;
      for (let count = 0; count < processes; count += 1) servers = [...servers, await startServer({ env: stage.env, cwd: stage.cwd })];
    });
    after(async () => {
      for (const server of servers) await server[Symbol.asyncDispose]();
      await stage?.[Symbol.asyncDispose]();
    });

    let requests = 0;
    /** Each request comes from an address of its own, and goes to the process that the one before did not go to. */
    const send = (path: string, body: object): Promise<ApiAnswer> => {
      requests += 1;
      const ip = `10.${requests >> 8}.${requests & 255}.7`;
      const { url } = servers[requests % servers.length] as RunningServer; // a cast: one of the list
      return apiClient(url).request('POST', path, { body, headers: { 'x-forwarded-for': ip } });
    };
    const logIn = ({ email, password = phonePassword, knownDevice }: Attempt) =>
      untilServed(() => send('/auth/login', { email, password, ...(knownDevice !== undefined && { known_device: knownDevice }) }));
    const codeOf = ({ status, body }: ApiAnswer) => (status === 200 ? 'signed in' : body.code);
    const register = () => registerSomeone((servers[0] as RunningServer).url); // a cast: there is one

    /** Where limits are kept in Redis, the work is done again if a process lost it meanwhile: see `whileShared`. */
    const isShared = <Result>(work: () => Promise<Result>) =>
      stage.database === null ? work() : whileShared(servers, ({ url }) => fetch(`${url}/users/me`), work);

    const wrongGuesses = async (email: string) => {
      const answers = await Promise.all(Array.from({ length: 12 }, () => logIn({ email, password: 'wrong horse' })));
      return answers.map(codeOf).sort();
    };

    it('do not lock out a phone that presents its refresh token, live or ended, from any network', async () => {
      const codes = await isShared(async () => {
        const { email, refresh_token: live } = await register();
        const guesses = await wrongGuesses(email);
        const stranger = await logIn({ email });
        const phone = await logIn({ email, knownDevice: live });
        await send('/auth/logout', { refresh_token: live });
        const again = await logIn({ email, knownDevice: live });
        return { guesses, rest: [stranger, phone, again].map(codeOf) };
      });
      expect(codes.guesses).to.deep.equal(['invalid_credentials', ...Array(11).fill('rate_limited')]);
      expect(codes.rest).to.deep.equal(['rate_limited', 'signed in', 'signed in']);
    });

    it('gain nothing by the token of another account, a forged one, one of a foreign secret, or any other text', async () => {
      const codes = await isShared(async () => {
        const { email, refresh_token: genuine, session_id } = await register();
        const stranger = await register();
        await wrongGuesses(email);
        const foreign = new HmacRefreshTokenCodec({ current: foreignSecret, previous: [] });
        const forged = genuine.slice(0, -8) + (genuine.endsWith('A') ? 'B' : 'A').repeat(8);
        const sealed = foreign.seal({ sessionId: session_id as SessionId, counter: 0 }); // a cast: the server's own id
        const shown = [stranger.refresh_token, forged, sealed, session_id, '', ' ', 'é\u0000', 'x'.repeat(8192), null];
        const codes = [];
        for (const knownDevice of shown) codes.push(codeOf(await logIn({ email, knownDevice })));
        return codes;
      });
      expect(codes).to.deep.equal(Array(9).fill('rate_limited'));
    });

    it('get no more guesses by a stolen token than its device has, and leave every other device its own', async () => {
      const codes = await isShared(async () => {
        const { email, refresh_token: stolen } = await register();
        const { body: tablet } = await logIn({ email });
        const guess = { email, password: 'wrong horse', knownDevice: stolen };
        const guesses = [await logIn(guess), await logIn(guess), await logIn({ email, knownDevice: stolen })];
        const others = [await logIn({ email, knownDevice: tablet.refresh_token }), await logIn({ email })];
        return [...guesses, ...others].map(codeOf);
      });
      expect(codes).to.deep.equal(['invalid_credentials', 'rate_limited', 'rate_limited', 'signed in', 'signed in']);
    });
  });
}
