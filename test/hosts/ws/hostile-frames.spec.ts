import { expect } from 'chai';
import { connectRaw, type FrameOptions, frame } from './support/raw-client.js';
import { connect, type WsClient } from './support/ws-client.js';
import { openWsStage, type WsStage } from './support/ws-stage.js';

const text = (value: string | Buffer): Buffer => (typeof value === 'string' ? Buffer.from(value) : value);

describe('hostile frames', () => {
  let stage: WsStage;
  let bystander: WsClient;
  before(async () => {
    stage = await openWsStage({ settings: { limits: { closeTimeoutMs: 500 } } });
    bystander = await connect(stage.url, { token: (await stage.signIn({ user: 'bystander' })).token });
    await bystander.next('welcome');
  });
  afterEach('others are unaffected', async () => {
    bystander.say({ type: 'ping' });
    await bystander.next('pong');
  });
  after(async () => {
    await bystander[Symbol.asyncDispose]();
    await stage[Symbol.asyncDispose]();
  });

  const closeCodeAfter = async (...frames: readonly (FrameOptions | Buffer)[]) => {
    const { token } = await stage.signIn();
    using client = await connectRaw(stage.port, token);
    await client.firstMessage;
    client.socket.write(Buffer.concat(frames.map((given) => (Buffer.isBuffer(given) ? given : frame(given)))));
    return await client.closed;
  };

  const cases: readonly (readonly [title: string, code: number, frames: readonly FrameOptions[]])[] = [
    ['text that is no UTF-8', 1007, [{ opcode: 1, payload: Buffer.from([0x7b, 0xc3, 0x28, 0x7d]) }]],
    ['an overlong UTF-8 form', 1007, [{ opcode: 1, payload: Buffer.from([0xc0, 0xaf]) }]],
    ['a surrogate in UTF-8', 1007, [{ opcode: 1, payload: Buffer.from([0xed, 0xa0, 0x80]) }]],
    ['a close reason that is no UTF-8', 1007, [{ opcode: 8, payload: Buffer.from([0x03, 0xe8, 0xff]) }]],
    ['a frame without a mask', 1002, [{ opcode: 1, payload: text('{"type":"ping"}'), isMasked: false }]],
    ['a reserved opcode for data', 1002, [{ opcode: 3, payload: text('x') }]],
    ['a reserved opcode for control', 1002, [{ opcode: 11 }]],
    ['a reserved bit', 1002, [{ opcode: 1, payload: text('{}'), reserved: 0x40 }]],
    ['another reserved bit', 1002, [{ opcode: 1, payload: text('{}'), reserved: 0x10 }]],
    ['a continuation of nothing', 1002, [{ opcode: 0, payload: text('{}') }]],
    [
      'a message inside a message',
      1002,
      [
        { opcode: 1, payload: text('{'), isFinal: false },
        { opcode: 1, payload: text('}') },
      ],
    ],
    ['a ping in fragments', 1002, [{ opcode: 9, isFinal: false }]],
    ['a ping that is too long', 1002, [{ opcode: 9, payload: Buffer.alloc(126) }]],
    ['a close frame of one byte', 1002, [{ opcode: 8, payload: Buffer.from([3]) }]],
    ['a close code that nobody may send', 1002, [{ opcode: 8, payload: Buffer.from([0x03, 0xed]) }]],
    ['a length of 2^63', 1009, [{ opcode: 1, length: 1n << 63n }]],
    ['a length of 2^40', 1009, [{ opcode: 1, length: 1n << 40n }]],
    ['a message of 64 KiB and one byte', 1009, [{ opcode: 1, payload: Buffer.alloc(64 * 1024 + 1, 0x20) }]],
    [
      'fragments that are too long together',
      1009,
      [
        { opcode: 1, payload: Buffer.alloc(40_000, 0x20), isFinal: false },
        { opcode: 0, payload: Buffer.alloc(40_000, 0x20) },
      ],
    ],
    ['a binary message', 1003, [{ opcode: 2, payload: text('{"type":"ping"}') }]],
    ['an empty message', 4500, [{ opcode: 1 }]],
  ];

  for (const [title, code, frames] of cases) {
    it(`closes with ${code} after ${title}`, async () => {
      expect(await closeCodeAfter(...frames)).to.equal(code);
    });
  }

  it('takes a message of 64 KiB, and one in a few fragments with a ping between', async () => {
    const { token } = await stage.signIn();
    using client = await connectRaw(stage.port, token);
    await client.firstMessage;
    const padded = text(`{"type":"ping"${' '.repeat(64 * 1024 - 15)}}`);
    expect(padded.length).to.equal(64 * 1024);
    const [head, tail] = [text('{"type":'), text('"ping"}')];
    const fragments = [frame({ opcode: 1, payload: head, isFinal: false }), frame({ opcode: 9 }), frame({ opcode: 0, payload: tail })];
    const before = stage.metrics.received.get('ping') ?? 0;
    client.socket.write(Buffer.concat([frame({ opcode: 1, payload: padded }), ...fragments, frame({ opcode: 1, payload: text('no') })]));
    expect(await client.closed).to.equal(4500);
    expect((stage.metrics.received.get('ping') ?? 0) - before).to.equal(2);
  });

  it('closes with 1008 after a message in some hundred fragments, though it is small', async () => {
    const fragment = frame({ opcode: 0, payload: text(' '), isFinal: false });
    const many = Buffer.concat(Array.from({ length: 300 }, () => fragment));
    expect(await closeCodeAfter({ opcode: 1, payload: text('"'), isFinal: false }, many)).to.equal(1008);
  });

  it('ends a message in hundreds of thousands of fragments, and keeps none of them', async () => {
    const { token } = await stage.signIn();
    using client = await connectRaw(stage.port, token);
    await client.firstMessage;
    const before = process.memoryUsage().heapUsed;
    client.socket.write(frame({ opcode: 1, payload: text('"'), isFinal: false }));
    const many = Buffer.concat(Array.from({ length: 10_000 }, () => frame({ opcode: 0, payload: text('x'), isFinal: false })));
    for (let block = 0; block < 20; block++) client.socket.write(many);
    expect(await client.closed).to.equal(1008);
    expect(process.memoryUsage().heapUsed - before).to.be.below(50e6);
  });

  it('closes with 4429 after thousands of pings, of either protocol', async () => {
    const ping = frame({ opcode: 9 });
    expect(await closeCodeAfter(Buffer.concat(Array.from({ length: 5000 }, () => ping)))).to.equal(4429);
    const message = frame({ opcode: 1, payload: text('{"type":"ping"}') });
    expect(await closeCodeAfter(Buffer.concat(Array.from({ length: 5000 }, () => message)))).to.equal(4429);
  });

  it('closes the connection of a client that continues after the end', async () => {
    const { token } = await stage.signIn();
    using client = await connectRaw(stage.port, token);
    await client.firstMessage;
    client.socket.write(frame({ opcode: 2, payload: text('x') }));
    expect(await client.closed).to.equal(1003);
    const gone = new Promise((resolve) => client.socket.once('close', resolve));
    const flood = setInterval(() => client.socket.write(Buffer.alloc(10_000, 0x20)), 10);
    await gone;
    clearInterval(flood);
  });

  it('gives a reason also where the protocol was broken', async () => {
    const { token } = await stage.signIn();
    await using client = await connect(stage.url, { token });
    await client.next('welcome');
    client.socket.send(' '.repeat(64 * 1024 + 1));
    expect(await client.ended).to.deep.equal({ code: 1009, reason: { code: 'message_too_big', action: 'fix' } });
  });

  it('leaves nothing open behind', async () => {
    for (let tries = 0; stage.host.openSockets > 1 && tries < 1000; tries++) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(stage.host.openSockets).to.equal(1);
  });
});
