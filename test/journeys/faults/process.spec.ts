import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { residentKib } from '../../../tools/bench/figures/memory-of.js';
import { bareEnvironment } from '../../support/bare-environment.js';
import { commandFile } from '../../support/command-file.js';
import { freePort } from '../../support/servers/free-port.js';
import { embeddedStage } from '../support/embedded-stage.js';
import { eventually } from '../support/phone.js';
import type { Stage } from '../support/stage.js';

describe('A process whose standard output', () => {
  let stage: Stage;
  before(async () => {
    stage = await embeddedStage();
  });
  after(() => stage?.[Symbol.asyncDispose]());

  interface Loud extends AsyncDisposable {
    readonly url: string;
    readonly child: ChildProcess;
  }

  /** `serve all`, which greets and then logs every request. */
  async function startLoud(stdout: 'pipe' | number): Promise<Loud> {
    const port = await freePort();
    const child = spawn(process.execPath, [commandFile, 'serve', 'all'], {
      cwd: stage.cwd,
      env: { ...bareEnvironment(), ...stage.env, PORT: `${port}` },
      stdio: ['ignore', stdout, 'inherit'],
    });
    const url = `http://127.0.0.1:${port}`;
    await eventually(
      () =>
        fetch(`${url}/readyz`).then(
          ({ status }) => status,
          () => 0,
        ),
      (status) => status === 200,
      20_000,
    );
    return {
      url,
      child,
      async [Symbol.asyncDispose]() {
        if (child.exitCode !== null || child.signalCode !== null) return;
        child.kill('SIGKILL');
        await once(child, 'exit');
      },
    };
  }

  /** Each leaves a line of some 300 bytes. */
  async function requests(url: string, count: number): Promise<number[]> {
    const slowest: number[] = [];
    for (let done = 0; done < count; done += 20) {
      const startedAt = performance.now();
      const statuses = await Promise.all(Array.from({ length: 20 }, () => fetch(`${url}/users/me`).then(({ status }) => status)));
      expect(new Set(statuses)).to.deep.equal(new Set([401]));
      slowest.push(performance.now() - startedAt);
    }
    return slowest;
  }

  async function endsWell({ child }: Loud): Promise<void> {
    child.kill('SIGTERM');
    const [code] = await Promise.race([once(child, 'exit'), delay(9000, ['has not ended'])]);
    expect(code).to.equal(0);
  }

  it('is not read continues to serve, keeps a limited backlog, reports the number of dropped lines, and stops on a signal', async function () {
    this.timeout(60_000);
    await using loud = await startLoud('pipe');
    await requests(loud.url, 6000); // 1.8 MB: more than the pipe and the backlog hold
    const residentBefore = residentKib(loud.child.pid ?? 0);
    await requests(loud.url, 2000);
    expect((residentKib(loud.child.pid ?? 0) - residentBefore) / 1024).to.be.below(40);
    const { stdout } = loud.child;
    let text = '';
    stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    await eventually(
      async () => text.length,
      () => text.includes('log lines were dropped'),
      10_000,
    );
    const lines = text.split('\n').filter((line) => line.startsWith('{'));
    const [tale] = lines.filter((line) => line.includes('log lines were dropped')).map((line) => JSON.parse(line));
    expect(tale.dropped).to.be.within(1000, 8000);
    await requests(loud.url, 20);
    await endsWell(loud);
  });

  it('is never read does not prevent it from stopping', async function () {
    this.timeout(60_000);
    await using loud = await startLoud('pipe');
    await requests(loud.url, 2000);
    await endsWell(loud);
  });

  it('is closed by its reader serves on', async function () {
    this.timeout(60_000);
    await using loud = await startLoud('pipe');
    loud.child.stdout?.destroy();
    await requests(loud.url, 200);
    await endsWell(loud);
  });

  it('is full serves on', async function () {
    this.timeout(60_000);
    await using full = await open('/dev/full', 'w');
    await using loud = await startLoud(full.fd);
    await requests(loud.url, 200);
    await endsWell(loud);
  });
});
