import { expect } from 'chai';
import { fieldList } from '../../../../hosts/cli/output/field-list.js';
import { jsonLine } from '../../../../hosts/cli/output/json-line.js';
import { paintFor } from '../../../../hosts/cli/output/paint.js';
import { ProgressBar } from '../../../../hosts/cli/output/progress-bar.js';
import { safeText } from '../../../../hosts/cli/output/safe-text.js';
import { table } from '../../../../hosts/cli/output/table.js';
import { localTime, utcTime } from '../../../../hosts/cli/output/times.js';

const plain = paintFor({ isTTY: false }, {});
const colours = paintFor({ isTTY: true }, {});

describe('The output of the command line', () => {
  it('escapes text that could control a terminal, and stays distinguishable from the original', () => {
    expect(safeText('a\nb\r\u001b[2J\u009b\u202e\u2028\ufeff\u{e0001}')).to.equal(
      'a\\u{a}b\\u{d}\\u{1b}[2J\\u{9b}\\u{202e}\\u{2028}\\u{feff}\\u{e0001}',
    );
    expect(safeText('\\u{1b}')).to.equal('\\\\u{1b}');
    expect(safeText('Zoë бэлл 日本 🔒 C:\\temp')).to.equal('Zoë бэлл 日本 🔒 C:\\temp');
    expect(safeText('\ud800')).to.equal('\\u{d800}');
  });

  it('escapes the same in JSON, which stays JSON', () => {
    const value = { text: 'é\u007f\u009b\u202e\u2028\u{e0001}\n"', number: 1 };
    const line = jsonLine(value);
    expect(line).to.equal('{"text":"é\\u007f\\u009b\\u202e\\u2028\\udb40\\udc01\\n\\"","number":1}');
    expect(JSON.parse(line)).to.deep.equal(value);
  });

  it('aligns columns by what a terminal shows of combined, wide and narrow letters and of emoji', async () => {
    const widths = { abc: 3, Zoë: 3, 'Zoe\u0308': 3, 日本: 4, ﾊﾝ: 2, '🔒': 2, '👍🏽': 2, бэлл: 4, '—': 1 };
    const names = Object.keys(widths);
    const columns = [
      { heading: 'NAME', text: (name: string) => name },
      { heading: 'END', text: () => null },
    ];
    const expected = Object.entries(widths).map(([name, width]) => `${name}${' '.repeat(4 - width)}  -`);
    expect(await table(names, columns, plain)).to.deep.equal(['NAME  END', ...expected]);
  });

  it('aligns columns with any letters', async () => {
    const rows = [
      { id: 7, name: 'Zoë' },
      { id: 1234, name: '日本' },
      { id: 5, name: 'x\ny' },
    ];
    const lines = await table(
      rows,
      [
        { heading: 'ID', text: ({ id }) => id, align: 'right' },
        { heading: 'NAME', text: ({ name }) => name },
        { heading: 'END', text: () => null },
      ],
      plain,
    );
    expect(lines).to.deep.equal(['  ID  NAME     END', '   7  Zoë      -', '1234  日本     -', '   5  x\\u{a}y  -']);
  });

  it('keeps columns where they are when it is coloured', async () => {
    const [, row] = await table(
      [{}],
      [
        { heading: 'STATE', text: () => 'on', style: () => 'good' },
        { heading: 'B', text: () => 'b' },
      ],
      colours,
    );
    expect(row).to.equal('\u001b[32mon\u001b[39m     b');
  });

  it('is coloured only on a terminal, and only if the user wants it', () => {
    const isColoured = (isTTY: boolean, env: Record<string, string>) => paintFor({ isTTY }, env)('x', 'good') !== 'x';
    expect([isColoured(true, {}), isColoured(false, {})]).to.deep.equal([true, false]);
    expect([isColoured(true, { NO_COLOR: '1' }), isColoured(true, { NO_COLOR: '' }), isColoured(true, { TERM: 'dumb' })]).to.deep.equal([
      false,
      true,
      false,
    ]);
    expect(isColoured(false, { FORCE_COLOR: '1' })).to.equal(false);
  });

  it('lists the fields of one thing', () => {
    expect(
      fieldList(
        [
          { name: 'Id', text: '7' },
          { name: 'Address', text: 'a\nb' },
          { name: 'X', text: null },
        ],
        plain,
      ),
    ).to.deep.equal(['Id       7', 'Address  a\\u{a}b', 'X        -']);
  });

  it('prints times in the reader’s zone with its offset, and in UTC for machines', () => {
    const instant = Date.UTC(2026, 0, 31, 23, 30, 5, 7);
    expect(utcTime(instant)).to.equal('2026-01-31T23:30:05.007Z');
    expect(localTime(instant)).to.match(/^2026-0[12]-\d\d \d\d:\d\d:05 [+-]\d\d:\d\d$/);
    expect(Date.parse((localTime(instant) ?? '').replace(' ', 'T').replace(' ', ''))).to.equal(instant - 7);
    expect([utcTime(null), localTime(null)]).to.deep.equal([null, null]);
  });

  it('draws progress on a terminal alone, and takes it away once', () => {
    const written: string[] = [];
    const stream = (isTTY: boolean) => ({ isTTY, write: (text: string) => written.push(text) });
    const quiet = new ProgressBar({ stream: stream(false), total: 10 });
    quiet.show(10);
    quiet[Symbol.dispose]();
    expect(written).to.deep.equal([]);
    const bar = new ProgressBar({ stream: stream(true), total: 10 });
    bar.show(0);
    bar.show(1);
    bar.show(10);
    bar[Symbol.dispose]();
    bar[Symbol.dispose]();
    expect(written).to.have.lengthOf(3);
    expect(written[0]).to.match(/^\r\[-{30}\] {3}0% {2}0\/10/);
    expect(written[1]).to.match(/^\r\[#{30}\] 100% {2}10\/10 {2}0 s left/);
    expect(written[2]).to.match(/^\r/);
  });
});
