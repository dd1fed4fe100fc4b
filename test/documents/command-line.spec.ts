import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseSessionId, userId } from '../../core/domain/ids.js';
import { openByUrl } from '../contracts/support/open-test-database.js';
import { anyServerStage } from '../journeys/support/any-database.js';
import { embeddedStage } from '../journeys/support/embedded-stage.js';
import { sampleSession } from '../kit/contracts/support/samples.js';
import { fencedBlocks } from './support/fenced-blocks.js';
import { readersShell } from './support/readers-shell.js';

const [firstHour, ...reference] = fencedBlocks('docs/cli.md');
const isSeeding = ({ text }: { readonly text: string }) => text.includes('\nmove-acces seed\n');

/** Commands that the guide shows and that have to fail here, with the words that they do it by. */
const refused = {
  'move-acces users disable david@example.org': '--yes',
  'move-acces audit verify --expect 9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab': 'hash',
  'move-acces audit verify --expect 1234567890123456': 'fingerprint',
  'move-acces db check --strict --json': 'not as they should be',
};

/** Folders of the machine become folders of the stage; what has to fail has to fail as it should. */
function staged(text: string): string {
  let script = text.replaceAll('> /', '> ./').replace('--users 100000', '--users 50');
  for (const [command, words] of Object.entries(refused))
    script = script.replace(`\n${command}\n`, `\nif ${command} 2> refusal; then exit 9; fi; grep -q -e '${words}' refusal\n`);
  return script;
}

describe('The guide to the command line', function () {
  this.timeout(600_000);

  it('shows a first hour whose commands work as described', async () => {
    await using stage = await embeddedStage();
    const shown = await (await readersShell(stage)).run(firstHour?.text ?? '');
    expect(shown).to.include('demo@example.org').and.include('token_revoke');
  });

  it('shows examples of every command that work', async () => {
    await using stage = await anyServerStage();
    await stage.database.query("insert into users (id, email, prenom, nom) values (42, 'zoe@example.org', 'Zoé', 'Lemaître')");
    const id = parseSessionId('019c8b6e-ad04-738a-93a8-69b5c64e5df0');
    await using database = await openByUrl(stage.database.url);
    await database.stores.sessions.open(sampleSession(userId(42), { createdAt: Date.now(), ...(id && { id }) }));
    for (const folder of ['etc/bash_completion.d', 'zsh', '.config/fish/completions', 'usr/local/share/man/man1'])
      await mkdir(join(stage.cwd, folder), { recursive: true });
    const scripts = reference.filter((block) => !isSeeding(block)).map(({ text }) => staged(text));
    // the commands make tables and read what is granted, as an administrator's account may
    const env = stage.adminEnv ?? stage.env;
    await (await readersShell({ env, cwd: stage.cwd })).run(`fpath=(. zsh)\n${scripts.join('\n')}`);
  });

  it('shows how to seed', async () => {
    await using stage = await embeddedStage();
    await writeFile(join(stage.cwd, 'password.txt'), 'correct horse battery staple\n');
    for (const { text } of reference.filter(isSeeding)) {
      expect(await (await readersShell(stage)).run(staged(text))).to.include('50');
    }
  });
});
