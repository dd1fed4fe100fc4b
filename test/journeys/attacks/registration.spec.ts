import { expect } from 'chai';
import { apiClient } from '../../support/api-client.js';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { phonePassword } from '../support/phone.js';
import type { Stage } from '../support/stage.js';
import { stages } from '../support/stages.js';
import { whileShared } from '../support/while-shared.js';

for (const { name, open } of stages) {
  describe(`Registrations from an address block, ${name}`, () => {
    let stage: Stage;
    let servers: readonly RunningServer[] = [];
    before(async () => {
      stage = await open({ REGISTER_RATE_LIMIT: '1/3600', TRUST_PROXY: '127.0.0.1' });
      const processes = stage.database === null ? 1 : 2;
      for (let count = 0; count < processes; count += 1) servers = [...servers, await startServer({ env: stage.env, cwd: stage.cwd })];
    });
    after(async () => {
      for (const server of servers) await server[Symbol.asyncDispose]();
      await stage?.[Symbol.asyncDispose]();
    });

    let accounts = 0;
    const register = (ip: string) => {
      accounts += 1;
      const { url } = servers[accounts % servers.length] as RunningServer; // a cast: one of the list
      const body = { email: `block-${process.pid}-${accounts}@example.org`, password: phonePassword };
      return apiClient(url).request('POST', '/auth/register', { body, headers: { 'x-forwarded-for': ip } });
    };

    let blocks = 0;
    /** A /48 that nothing has come from before. */
    const newBlock = () => `2001:db8:${(++blocks).toString(16)}`;

    /** The requests let through of one from each address. Done again if a process lost Redis meanwhile: see `whileShared`. */
    const opened = async (addressesOf: (block: string) => readonly string[]) => {
      const work = async () => Promise.all(addressesOf(newBlock()).map(register));
      const answers = await (stage.database === null ? work() : whileShared(servers, ({ url }) => fetch(`${url}/users/me`), work));
      expect(answers.map(({ status }) => status)).to.include.members([201, 429]);
      for (const { headers } of answers) expect(headers.get('ratelimit-policy')).to.match(/^"register";q=(1|4|16);w=3600$/);
      return answers.filter(({ status }) => status !== 429).length;
    };
    const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

    it('are limited for a /64 as for an address', async () => {
      expect(await opened((block) => numbers(6).map((host) => `${block}::${host + 1}`))).to.equal(1);
    });

    it('are limited for a /56 to four times as many, however many /64 of it they come from', async () => {
      expect(await opened((block) => numbers(12).map((net) => `${block}:ab${(net + 16).toString(16)}::1`))).to.equal(4);
    });

    it('are limited for a /48 to sixteen times as many, however many /56 of it they come from', async () => {
      expect(await opened((block) => numbers(24).map((net) => `${block}:${(net + 16).toString(16)}00::1`))).to.equal(16);
    });
  });
}
