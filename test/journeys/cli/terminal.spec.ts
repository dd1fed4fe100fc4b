import { expect } from 'chai';
import { ownStage } from './support/own-stage.js';
import { runInTerminal, type Typing } from './support/run-in-terminal.js';

const esc = '\u001b';

describe('The command line in a terminal', function () {
  this.timeout(60_000);
  const own = ownStage();
  const inTerminal = (args: readonly string[], typing: readonly Typing[] = [], env: Readonly<Record<string, string>> = {}) =>
    runInTerminal(args, { env: { ...own.stage.env, ...env }, cwd: own.stage.cwd, typing });
  const stateOf = async (id: string) => (await own.cli.json<{ enabled: boolean }>('users-show', ['users', 'show', id]))[0]?.enabled;

  it('requires a confirmation before it disables an account, and takes everything but yes for no', async () => {
    for (const type of ['n\r', '\r', 'never\r', '\u0004']) {
      const { exitCode, shown } = await inTerminal(['users', 'disable', '1'], [{ after: '[y/N]', type }]);
      expect(shown).to.include('This keeps the account from signing in, and ends its sessions. Go on? [y/N]');
      expect(shown).to.include('Nothing was changed.');
      expect(exitCode).to.equal(1);
    }
    expect(await stateOf('1')).to.equal(true);
  });

  it('does it after a yes', async () => {
    const { exitCode, shown } = await inTerminal(['users', 'disable', '1'], [{ after: '[y/N]', type: 'y\r' }]);
    expect(shown).to.match(/Account 1 is disabled\. Sessions ended: 0\.\r\n/);
    expect(exitCode).to.equal(0);
    expect(await stateOf('1')).to.equal(false);
    await own.cli.done(['users', 'enable', '1']);
  });

  it('requires a confirmation before it signs all users out, except with --yes', async () => {
    const asked = await inTerminal(['tokens', 'revoke', '--all'], [{ after: '[y/N]', type: 'yes\r' }]);
    expect(asked.shown).to.include('This signs everybody out, on every device. Go on?');
    expect(asked).to.include({ exitCode: 0 });
    const unasked = await inTerminal(['tokens', 'revoke', '--all', '--yes']);
    expect(unasked.shown).not.to.include('[y/N]');
    expect(unasked.exitCode).to.equal(0);
  });

  it('requires --yes on the command line where there is no terminal', async () => {
    const failed = await own.cli.run(['users', 'disable', '1']);
    expect(failed).to.deep.equal({
      exitCode: 2,
      stdout: '',
      stderr: 'error: this keeps the account from signing in, and ends its sessions; say --yes where nobody can be asked\n',
    });
    const asJson = await own.cli.run(['users', 'disable', '1', '--json']);
    expect(JSON.parse(asJson.stderr)).to.have.nested.property('error.code', 'usage');
    expect(await stateOf('1')).to.equal(true);
  });

  it('shows the progress of long work, on one line that it removes', async () => {
    const { exitCode, shown } = await inTerminal(['seed', '--users', '3000', '--force'], [], own.stage.adminEnv);
    expect(exitCode).to.equal(0);
    const bars = [...shown.matchAll(/\r\[([#-]{30})\] +(\d+)% {2}(\d+)\/3000/g)];
    expect(bars.map(([, bar = '']) => bar).at(-1)).to.equal('#'.repeat(30));
    expect(bars.map(([, , percent]) => Number(percent))).to.deep.equal(
      bars.map(([, , percent]) => Number(percent)).toSorted((a, b) => a - b),
    );
    const end = shown.slice(shown.lastIndexOf(`\r${esc}[K`) + 4).split('\r\n');
    expect(end[0]).to.equal('Made 3000 of the accounts demo-000001@demo.example.org to demo-003000@demo.example.org.');
    expect(end[1]).to.match(/^Their password, shown only now: [0-9a-f]{32}$/);
    expect(end.slice(2)).to.deep.equal(['']);
    expect((await own.cli.done(['seed', '--users', '3000', '--force'])).split('\n')).to.have.lengthOf(2);
  });

  it('is coloured, unless NO_COLOR is set', async () => {
    const { shown } = await inTerminal(['users', 'list', '--limit', '4']);
    expect(shown).to.include(`${esc}[32menabled${esc}[39m`).and.to.include(`${esc}[31mdisabled${esc}[39m`);
    const plain = await inTerminal(['users', 'list', '--limit', '4'], [], { NO_COLOR: '1' });
    expect(plain.shown).to.include('enabled').and.not.to.include(esc);
    const piped = await own.cli.done(['users', 'list', '--limit', '4'], { notes: /more/ });
    expect(piped).not.to.include(esc);
  });

  it('follows the audit log until it is interrupted', async () => {
    let isDone = false;
    const act = async () => {
      await new Promise((resolve) => setTimeout(resolve, 2500));
      await own.cli.done(['tokens', 'revoke', '--user', '3']);
      isDone = true;
    };
    const [followed] = await Promise.all([
      inTerminal(
        ['audit', 'list', '--follow', '--event', 'token_revoke', '--limit', '1', '--json'],
        [{ after: '"user_id":"3"', type: '\u0003' }],
      ),
      act(),
    ]);
    expect(isDone).to.equal(true);
    expect(followed.exitCode).to.equal(0);
    const ids = [...followed.shown.matchAll(/^\{"id":(\d+),/gm)].map(([, id]) => id);
    expect(new Set(ids).size).to.equal(ids.length);
  });
});
