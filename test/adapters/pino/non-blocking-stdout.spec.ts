import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { NonBlockingStdout } from '../../../adapters/pino/non-blocking-stdout.js';

/** A reader that takes as many bytes as a test allows, and fails as it says. */
class Reader {
  room = Number.POSITIVE_INFINITY;
  failure: string | null = null;
  text = '';
  writes = 0;

  readonly write = (bytes: Uint8Array): number => {
    if (this.failure !== null) throw Object.assign(new Error(this.failure), { code: this.failure });
    if (this.room === 0) throw Object.assign(new Error('full'), { code: 'EAGAIN' });
    const taken = Math.min(this.room, bytes.length);
    this.room -= taken;
    this.writes += 1;
    this.text += Buffer.from(bytes.subarray(0, taken)).toString();
    return taken;
  };
}

describe('NonBlockingStdout', () => {
  let reader: Reader;
  let output: NonBlockingStdout;
  beforeEach(() => {
    reader = new Reader();
    output = new NonBlockingStdout({ backlogBytes: 100, write: reader.write });
  });

  const untilWritten = async (text: string) => {
    for (let tries = 0; tries < 1000 && !reader.text.includes(text); tries += 1) await delay(10);
    expect(reader.text).to.include(text);
  };

  it('writes the lines of one turn together, at its end', async () => {
    output.write('one\n');
    output.write('two\n');
    expect(reader.writes).to.equal(0);
    await nextTurn();
    expect(reader.text).to.equal('one\ntwo\n');
    expect(reader.writes).to.equal(1);
  });

  it('keeps lines while nobody reads, and writes them in order afterwards, those begun from where they were', async () => {
    reader.room = 2;
    for (const line of ['one\n', 'two\n', 'three\n']) output.write(line);
    await nextTurn();
    expect(reader.text).to.equal('on');
    reader.room = Number.POSITIVE_INFINITY;
    await untilWritten('three\n');
    output.write('four\n');
    await nextTurn();
    expect(reader.text).to.equal('one\ntwo\nthree\nfour\n');
  });

  it('drops what is more than the backlog holds, and tells how many lines, once', async () => {
    reader.room = 0;
    for (let line = 0; line < 50; line += 1) output.write('ten bytes\n');
    reader.room = Number.POSITIVE_INFINITY;
    await untilWritten('dropped');
    const lines = reader.text.trimEnd().split('\n');
    expect(lines.slice(0, -1)).to.deep.equal(Array(10).fill('ten bytes'));
    expect(JSON.parse(lines.at(-1) ?? '')).to.include({ level: 'warn', dropped: 40, msg: 'log lines were dropped' });
    output.write('later\n');
    await nextTurn();
    expect(reader.text.match(/dropped/g)).to.have.lengthOf(2);
  });

  it('goes on where the disk is full or the reader gone, and tells what is missing once it can', async () => {
    for (const failure of ['ENOSPC', 'EPIPE', 'EIO']) {
      reader.failure = failure;
      output.write('lost\n');
      await nextTurn();
    }
    reader.failure = null;
    output.write('found\n');
    await nextTurn();
    expect(reader.text).to.match(/^found\n\{"level":"warn".*"dropped":3,/);
  });

  it('never glues a line to the beginning of a torn one', async () => {
    reader.room = 3;
    output.write('torn line\n');
    await nextTurn();
    reader.failure = 'ENOSPC';
    await delay(50);
    Object.assign(reader, { failure: null, room: Number.POSITIVE_INFINITY });
    output.write('whole\n');
    await nextTurn();
    expect(reader.text).to.match(/^tor\nwhole\n\{/);
  });
});
