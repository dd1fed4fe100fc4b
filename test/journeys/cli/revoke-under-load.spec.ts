import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { WebSocket } from 'ws';
import { bareEnvironment } from '../../support/bare-environment.js';
import { commandFile } from '../../support/command-file.js';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { bySize } from '../../support/test-size.js';
import { openSocket } from '../support/open-socket.js';
import { eventually, me } from '../support/phone.js';
import type { Stage } from '../support/stage.js';
import { stages } from '../support/stages.js';
import { type Cli, cliOf } from './support/command-output.js';

const clients = bySize({ short: 20, long: 50 });
/** Longest wait, after the command returned, for a process to refuse what it revoked, and for a socket to close. */
const [maxFollowMs, maxCloseMs] = bySize({ short: [20_000, 20_000], long: [1000, 2000] });
const password = 'correct horse battery';

/** What a client was given, and when it had it in hand. */
interface Handout {
  readonly client: number;
  readonly user: number;
  readonly access: string;
  readonly refresh: string;
  readonly at: number;
}

for (const { name, open } of stages) {
  describe(`Tokens revoked while ${clients} clients refresh and log in, ${name}`, function () {
    this.timeout(180_000);
    let stage: Stage;
    let servers: RunningServer[] = [];
    let cli: Cli;
    before(async () => {
      // Cheap hashes let clients log in as often as they can: the point is the race, not the password.
      stage = await open({ ARGON2_MEMORY_KIB: '7168', ARGON2_TIME_COST: '5', HASH_QUEUE: '1000' });
      cli = cliOf(stage);
      await cli.done(['seed', '--users', String(clients), '--password-stdin', '--force'], { input: password });
      const count = stage.database === null ? 1 : 2;
      servers = await Promise.all(
        Array.from({ length: count }, () => startServer({ env: stage.env, cwd: stage.cwd, args: ['serve', 'all'] })),
      );
    });
    after(async () => {
      for (const server of servers) await server[Symbol.asyncDispose]();
      await stage?.[Symbol.asyncDispose]();
    });

    const post = async (url: string, path: string, body: unknown) => {
      const response = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: response.status, body: (await response.json()) as { access_token: string; refresh_token: string } };
    };
    const serverOf = (index: number) => servers[index % servers.length]?.url ?? '';
    const addressOf = (user: number) => `demo-${String(user).padStart(6, '0')}@demo.example.org`;

    /** Logs in, refreshes some times, logs in again, and so on, until it is stopped; records everything that it receives. */
    async function live(client: number, user: number, handouts: Handout[], statuses: number[], isOver: () => boolean): Promise<void> {
      const url = serverOf(client);
      while (!isOver()) {
        let answer = await post(url, '/auth/login', { email: addressOf(user), password });
        for (let refreshes = 0; ; refreshes += 1) {
          statuses.push(answer.status);
          if (answer.status !== 200) break;
          const { access_token: access, refresh_token: refresh } = answer.body;
          handouts.push({ client, user, access, refresh, at: Date.now() });
          if (refreshes === 4 || isOver()) break;
          answer = await post(url, '/auth/refresh', { refresh_token: refresh });
        }
      }
    }

    /**
     * Runs the command; a shell, which nothing keeps busy, notes when it reads what the command did. Until then no session that it would
     * have to end can be opened. At the end of its process the lock goes, and whether a waiting login or the shell is quicker is luck.
     */
    async function revoke(args: readonly string[]) {
      const script = 'read -r said < <("$@"); at=$EPOCHREALTIME; printf "%s\\n" "$said" "$at"';
      const child = spawn('bash', ['--norc', '-c', script, 'bash', process.execPath, commandFile, ...args], {
        cwd: stage.cwd,
        env: { ...bareEnvironment(), ...stage.env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
      const [said = '', endedAt = ''] = stdout.split('\n');
      const { sessions_ended: ended, complete: isComplete } = JSON.parse(said) as { sessions_ended: number; complete: boolean };
      expect(stderr).to.match(isComplete ? /^$/ : /run it again/);
      return { ended, isComplete, returnedAt: Number(endedAt.replace(',', '.')) * 1000 };
    }

    /**
     * Runs the command in the middle of it, again where its output requires it. Returns all tokens issued, and the time at which the
     * command returned.
     */
    async function revokeAmid(args: readonly string[], userOf: (client: number) => number, isConcerned: (user: number) => boolean) {
      const handouts: Handout[] = [];
      const statuses: number[] = [];
      let isOver = false;
      const living = Array.from({ length: clients }, (_, client) => live(client, userOf(client), handouts, statuses, () => isOver));
      const concerned = () => handouts.filter(({ user }) => isConcerned(user));
      const isInTheMiddle = () => new Set(handouts.map(({ client }) => client)).size === clients && concerned().length > 2 * clients;
      let [ended, returnedAt] = [0, 0];
      try {
        await delay(2500);
        await eventually(async () => isInTheMiddle(), Boolean, 60_000);
        for (let isComplete = false; !isComplete; ) {
          const revoked = await revoke(args);
          ended += revoked.ended;
          ({ isComplete, returnedAt } = revoked);
        }
        await eventually(async () => concerned().some(({ at }) => at > returnedAt), Boolean, 20_000);
      } finally {
        isOver = true;
        await Promise.all(living);
      }
      return { handouts, statuses, returnedAt, ended };
    }

    const isAlive = async ({ access, refresh }: Handout, index: number) => {
      const url = serverOf(index);
      const me = await fetch(`${url}/users/me`, { headers: { authorization: `Bearer ${access}` } });
      const refreshed = await post(url, '/auth/refresh', { refresh_token: refresh });
      return me.status === 200 || refreshed.status === 200;
    };

    /** Waits until each process refuses the newest of them; then all must be refused. */
    async function expectDead(handouts: readonly Handout[]): Promise<void> {
      expect(handouts.length).to.be.above(clients);
      const newest = handouts.at(-1)?.access ?? '';
      for (const { url } of servers) {
        await eventually(
          () => me(url, newest),
          ({ status }) => status === 401,
          maxFollowMs,
        );
      }
      const alive: Handout[] = [];
      for (let start = 0; start < handouts.length; start += 50) {
        const batch = handouts.slice(start, start + 50);
        const verdicts = await Promise.all(batch.map(isAlive));
        alive.push(...batch.filter((_, index) => verdicts[index]));
      }
      expect(alive).to.deep.equal([]);
    }

    it('are worth nothing if they were handed out before --all returned', async () => {
      const { handouts, statuses, returnedAt, ended } = await revokeAmid(
        ['tokens', 'revoke', '--all', '--yes', '--json'],
        (client) => client + 1,
        () => true,
      );
      expect(ended).to.be.at.least(clients);
      await expectDead(handouts.filter(({ at }) => at <= returnedAt));
      expect(statuses.filter((status) => ![200, 401, 503].includes(status))).to.deep.equal([]);
      expect(
        handouts.filter(({ at }) => at > returnedAt),
        'people sign in again',
      ).not.to.deep.equal([]);
    });

    it('are worth nothing if they are of the user, and as good as before if they are of another', async () => {
      const [shown] = await cli.json<{ id: string }>('users-show', ['users', 'show', addressOf(1)]);
      const bystanders = Array.from({ length: clients / 5 }, (_, index) => index + clients * 0.8 + 1);
      const theirs = await Promise.all(bystanders.map((user) => post(serverOf(user), '/auth/login', { email: addressOf(user), password })));
      const theirSockets = await Promise.all(theirs.map(({ body }, index) => openSocket(serverOf(index), body.access_token)));
      const { body: mine } = await post(serverOf(0), '/auth/login', { email: addressOf(1), password });
      const sockets = await Promise.all(servers.map(({ url }) => openSocket(url, mine.access_token)));
      const closed = sockets.map(async (socket) => ({ code: (await once(socket, 'close'))[0] as number, at: Date.now() }));
      const args = ['tokens', 'revoke', '--user', shown?.id ?? '', '--json'];
      const { handouts, returnedAt } = await revokeAmid(
        args,
        (client) => (client < clients / 2 ? 1 : client),
        (user) => user === 1,
      );
      for (const { code, at } of await Promise.all(closed)) {
        expect(code).to.equal(4501);
        expect(at - returnedAt, 'milliseconds until the socket closed').to.be.below(maxCloseMs);
      }
      expect(theirSockets.map(({ readyState }) => readyState)).to.deep.equal(theirSockets.map(() => WebSocket.OPEN));
      for (const socket of theirSockets) socket.terminate();
      await expectDead(handouts.filter(({ user, at }) => user === 1 && at <= returnedAt));
      for (const [index, { body }] of theirs.entries()) {
        const url = serverOf(index);
        const me = await fetch(`${url}/users/me`, { headers: { authorization: `Bearer ${body.access_token}` } });
        expect(me.status).to.equal(200);
        expect((await post(url, '/auth/refresh', { refresh_token: body.refresh_token })).status).to.equal(200);
      }
    });
  });
}
