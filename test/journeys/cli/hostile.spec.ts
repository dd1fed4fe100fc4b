import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { startServer } from '../../support/running-server.js';
import { logIn } from '../support/phone.js';
import { checkedLines } from './support/command-output.js';
import { ownStage } from './support/own-stage.js';

const hostile = [
  "1' OR '1'='1",
  '1; DROP TABLE users; -- ',
  "x\\' OR 1=1 -- ",
  '1\nAccount 2 is disabled. Sessions ended: 9.',
  '\u001b[2J\u001b[1;1HAccount 1 is enabled.',
  'a\rb',
  '\u009b31mred',
  '\u202egnp.tpircs',
  '%',
  '../../etc/passwd',
  '$(touch pwned)',
  '`id`',
  '{"$ne":null}',
  '1e0',
  '0x1',
  ' 1',
  '１',
  '\ud800',
  'a'.repeat(100_000),
];
/** The positions of an argument with made-up text. */
const places: readonly ((text: string) => readonly string[])[] = [
  (text) => ['users', 'show', '--', text],
  (text) => ['users', 'disable', '--yes', '--', text],
  (text) => ['users', 'enable', '--', text],
  (text) => ['users', 'list', '--cursor', text, '--search', text],
  (text) => ['sessions', 'list', '--user', text],
  (text) => ['sessions', 'list', '--email', `${text}@example.org`],
  (text) => ['tokens', 'revoke', '--user', text],
  (text) => ['tokens', 'revoke', '--session', text],
  (text) => ['audit', 'list', '--user', text],
  (text) => ['audit', 'list', '--event', text],
  (text) => ['audit', 'list', '--since', text],
  (text) => ['users', 'list', '--limit', text],
  (text) => [text],
  (text) => ['users', text],
  (text) => ['users', 'list', `--${text}`],
];

/** Characters that steer a terminal, or the direction of writing, but for the ends of lines. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not come out
const steering = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/;

describe('Hostile words', function () {
  this.timeout(180_000);
  const own = ownStage();

  /** What must not be changed. */
  const fingerprint = async () => {
    const hash = createHash('sha256');
    for (const table of ['users', 'acces_app', 'abonnement', 'auth_sessions', 'auth_credentials', 'auth_email_claims']) {
      hash.update(JSON.stringify(await own.stage.database.query(`select * from ${table}`)));
    }
    return hash.digest('hex');
  };

  it('change nothing and forge nothing, wherever they stand', async () => {
    const before = await fingerprint();
    const lines = hostile.flatMap((text) => places.map((place) => place(text)));
    // seven and the number of places have no common factor: every place has its turn, and every word
    const chosen = lines.filter((_, index) => index % 7 === 0);
    for (let start = 0; start < chosen.length; start += 4) {
      await Promise.all(
        chosen.slice(start, start + 4).map(async (args) => {
          // a lone surrogate or NUL cannot be in an argument: the system sees what UTF-8 has for it
          const { exitCode, stdout, stderr } = await own.cli.run(args);
          const what = JSON.stringify(args).slice(0, 200);
          expect(exitCode, what).to.be.oneOf([0, 1, 2]);
          expect(stdout + stderr, what).not.to.match(steering);
          expect(stderr.split('\n').length, what).to.be.at.most(2);
          expect(stdout + stderr, what).not.to.match(/^Account \d/m);
        }),
      );
    }
    expect(await fingerprint()).to.equal(before);
  });

  it('that other applications stored are shown escaped', async () => {
    const forged = 'Eve\nAccount 1 is disabled.\u001b[2K\u202e\u009b31m\\u{1b}';
    await own.stage.database.query('update users set prenom = ?, nom = ? where id = 3', [forged, '\u0007бэлл 日本']);
    await using server = await startServer({ env: own.stage.env, cwd: own.stage.cwd });
    await logIn(server.url, 'chloe@example.org', 'Bienvenue-2024!');
    await own.stage.database.query('update auth_sessions set device_name = ?, user_agent = ?', [forged, '\u001b]0;title\u0007']);
    await own.stage.database.query('update audit_logs set actor = ?, user_agent = ?, event = ?, details = ?', [
      forged,
      forged,
      'x\u001b[2J',
      '{"k\\n":"\\u001b[2J\\u009b"}',
    ]);
    const texts = [
      await own.cli.done(['users', 'list'], { notes: /^$|more/ }),
      await own.cli.done(['users', 'show', '3']),
      await own.cli.done(['sessions', 'list', '--user', '3']),
      await own.cli.done(['audit', 'list']),
    ];
    for (const text of texts) {
      expect(text).not.to.match(steering);
      expect(text).not.to.match(/^Account 1/m);
      expect(text).to.include('Eve\\u{a}Account 1 is disabled.\\u{1b}[2K\\u{202e}\\u{9b}31m\\\\u{1b}');
    }
    const rows = (texts[0] ?? '').trimEnd().split('\n');
    expect(rows).to.have.lengthOf(11);
    for (const args of [
      ['users', 'list'],
      ['sessions', 'list', '--user', '3'],
      ['audit', 'list'],
    ]) {
      const text = await own.cli.done([...args, '--json']);
      expect(text).not.to.match(steering);
      expect(JSON.stringify(checkedLines(text, `${args[0]}-list`))).to.include(JSON.stringify(forged).slice(1, -1));
    }
  });

  it('in the environment forge no other operator in the audit log, and break no line of it', async () => {
    const env = { MOVE_ACCES_OPERATOR: `eve\nadmin:root${'x'.repeat(300)}` };
    expect((await own.cli.run(['tokens', 'revoke', '--user', '5'], { env })).exitCode).to.equal(0);
    const [row] = await own.cli.json<{ actor: string }>('audit-list', ['audit', 'list', '--user', '5', '--event', 'token_revoke']);
    expect(row?.actor).to.match(/^admin:eve admin:rootx+$/);
    expect(row?.actor).to.have.lengthOf('admin:'.length + 100);
  });
});
