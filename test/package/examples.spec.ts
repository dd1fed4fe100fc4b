import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import { bareEnvironment } from '../support/bare-environment.js';
import { itInTime } from '../support/it-in-time.js';
import { projectRoot } from '../support/project-root.js';
import { openConsumer } from './support/consumer.js';
import { type PackedProduct, packProduct } from './support/packed-product.js';

/** A use case in another project's test, 21 times, each in its own world; prints the milliseconds of the median one. */
const timedUseCase = `
  import { LogIn, noOrigin } from 'move-acces/core';
  import { addUser, makeWorld } from 'move-acces/testing';
  const times = [];
  for (let round = 0; round < 21; round += 1) {
    const startedAt = performance.now();
    const world = makeWorld();
    const { user, password } = await addUser(world);
    await new LogIn(world).execute({ email: user.email, password, origin: noOrigin });
    times.push(performance.now() - startedAt);
  }
  console.log(times.sort((a, b) => a - b)[10]);`;

describe('The examples, with the packed product in an empty folder', function () {
  this.timeout(120_000);
  let product: PackedProduct;
  before(async () => {
    product = await packProduct();
  });
  after(() => product?.[Symbol.asyncDispose]());

  for (const example of ['embedding-tests', 'own-host', 'own-adapter']) {
    it(`${example} compiles by the strictest rules`, async () => {
      await using consumer = await openConsumer({ product, example: `examples/${example}` });
      await consumer.typeCheck();
    });
  }

  it('embedding-tests tests another project’s rules', async () => {
    await using consumer = await openConsumer({ product, example: 'examples/embedding-tests' });
    const report = await consumer.node('--test', '--test-reporter=tap', 'club-door.test.ts');
    expect(report)
      .to.match(/^# pass 6$/m)
      .and.match(/^# fail 0$/m);
  });

  itInTime('need less than 50 ms for a use case in a test, without a network', async () => {
    await using consumer = await openConsumer({ product });
    await consumer.write('time.mjs', timedUseCase);
    const milliseconds = Number(await consumer.node('time.mjs'));
    console.log(`      ${milliseconds.toFixed(2)} ms for a use case in a world of its own`);
    expect(milliseconds).to.be.within(0, 50);
  });

  it('own-adapter keeps the contract of its port, by Node’s own test runner', async () => {
    await using consumer = await openConsumer({ product, example: 'examples/own-adapter' });
    const report = await consumer.node('--test', '--test-reporter=tap', 'sqlite-ticket-store.test.ts');
    expect(report)
      .to.match(/^# pass 4$/m)
      .and.match(/^# fail 0$/m);
  });

  it('own-adapter reports where it breaks the contract', async () => {
    await using consumer = await openConsumer({ product, example: 'examples/own-adapter' });
    const source = readFileSync(join(consumer.folder, 'sqlite-ticket-store.ts'), 'utf8');
    await consumer.write(
      'sqlite-ticket-store.ts',
      source.replace('delete from tickets where digest = ? returning *', 'select * from tickets where digest = ?'),
    );
    const failure = await consumer.node('--test', '--test-reporter=tap', 'sqlite-ticket-store.test.ts').catch(String);
    expect(failure)
      .to.match(/^ +not ok \d - returns a ticket once, however many callers take it at once$/m)
      .and.match(/^# fail 1$/m);
  });

  it('own-host serves the use cases in 60 lines of node:http', async () => {
    const source = readFileSync(join(projectRoot(), 'examples/own-host/server.ts'), 'utf8');
    expect(source.trimEnd().split('\n')).to.have.length.at.most(60);
    await using consumer = await openConsumer({ product, example: 'examples/own-host' });
    const startedAt = performance.now();
    const child = spawn(process.execPath, ['server.ts'], { cwd: consumer.folder, env: { ...bareEnvironment(), PORT: '0' } });
    try {
      const url = await listening(child.stdout);
      console.log(`      ${Math.round(performance.now() - startedAt)} ms until it listens`);
      const ask = async (door: string, body?: object, token?: string) => {
        const [method = '', path = ''] = door.split(' ');
        const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
        const answer = await fetch(url + path, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
        return { status: answer.status, body: (await answer.json()) as Record<string, string> };
      };
      const person = { email: 'nina@example.org', password: 'correct horse' };
      expect((await ask('POST /join', person)).status).to.equal(200);
      expect(await ask('POST /join', person)).to.deep.equal({ status: 409, body: { code: 'email_taken' } });
      const { refreshToken = '' } = (await ask('POST /in', person)).body;
      const { accessToken } = (await ask('POST /again', { refreshToken })).body;
      expect((await ask('GET /me', undefined, accessToken)).body.user).to.include({ email: person.email });
      for (const [door, body, code, status] of [
        ['GET /me', undefined, 'token_missing', 401],
        ['POST /in', { ...person, password: 'wrong' }, 'invalid_credentials', 401],
        ['POST /in', [], 'malformed_body', 400],
        ['GET /nowhere', undefined, 'not_found', 404],
      ] as const) {
        expect(await ask(door, body), code).to.deep.equal({ status, body: { code } });
      }
    } finally {
      child.kill('SIGTERM');
    }
    const [exitCode] = (await once(child, 'exit')) as [number | null];
    expect(exitCode).to.equal(0);
  });

  it('are only these', () => {
    expect(readdirSync(join(projectRoot(), 'examples')).sort()).to.deep.equal([
      'embedding-tests',
      'own-adapter',
      'own-host',
      'schema-maps',
      'websocket-client.mjs',
    ]);
  });
});

async function listening(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    if (!line.includes('"listening"')) continue;
    output.resume();
    return (JSON.parse(line) as { url: string }).url;
  }
  throw new Error('the server ended before it listened');
}
