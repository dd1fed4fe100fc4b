import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import type { CliTools } from '../../../../hosts/cli/cli-actions.js';
import { createProgram } from '../../../../hosts/cli/program.js';
import { bashCompletion } from '../../../../hosts/cli/reference/bash-completion.js';
import { commandFacts, everyCommand } from '../../../../hosts/cli/reference/command-facts.js';
import { fishCompletion } from '../../../../hosts/cli/reference/fish-completion.js';
import { manPage } from '../../../../hosts/cli/reference/man-page.js';
import { markdownReference } from '../../../../hosts/cli/reference/markdown-reference.js';
import { zshCompletion } from '../../../../hosts/cli/reference/zsh-completion.js';
import { projectRoot } from '../../../support/project-root.js';

const run = promisify(execFile);
const program = createProgram({ version: '0.0.0' } as CliTools); // none of its commands is carried out
const facts = commandFacts(program);
const leaves = everyCommand(facts).filter(({ commands }) => commands.length === 0);
const document = (name: string) => readFileSync(join(projectRoot(), 'docs', name), 'utf8');

describe('The reference of the command line', () => {
  it('has every command that is promised', () => {
    const promised = `serve, db migrate, db status, seed, users list, users show, users disable, users enable, sessions list, tokens revoke,
      audit list, config show, secret generate, hash calibrate, completion, manual`;
    expect(leaves.map(({ path }) => path.slice(1).join(' '))).to.include.members(promised.split(/,\s+/));
  });

  it('has a description, an example and --json for every command; a server’s lines are JSON anyway', () => {
    for (const { path, description, examples, options } of leaves) {
      const name = path.join(' ');
      expect(description, name).to.match(/^[a-z].{10,}[^.]$/);
      expect(examples.length, name).to.be.at.least(1);
      for (const { line } of examples) expect(line, name).to.match(new RegExp(`^${name}( |$)`));
      if (path[1] !== 'serve')
        expect(
          options.map(({ long }) => long),
          name,
        ).to.include('--json');
    }
  });

  it('shows the examples in the help of each command', () => {
    for (const { path, examples } of leaves) {
      const command = path
        .slice(1)
        .reduce(
          (parent, name) => parent.commands.find((child) => child.name() === name) ?? parent,
          program as typeof program.parent & object,
        );
      let help = '';
      command?.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
      for (const { line, what } of examples) expect(help).to.include(`  # ${what}\n  ${line}\n`);
    }
  });

  it('is the manual page in docs: `npm run -s manual` brings it up to date', () => {
    expect(document('move-acces.1')).to.equal(manPage(facts));
  });

  it('is the second part of docs/cli.md: `npm run -s manual` brings it up to date', () => {
    const [, generated = ''] = document('cli.md').split('<!-- manual --markdown -->\n');
    expect(generated).to.equal(`\n${markdownReference(facts)}`);
  });

  it('is a manual page that is well formed', async () => {
    const page = manPage(facts);
    for (const line of page.split('\n')) expect(line).to.match(/^(\.(TH|SH|SS|TP|PP|RS|RE|B|I|nf|fi|br)( .*)?|[^.'].*|)$/);
    expect(page).to.include('.B \\-\\-password\\-stdin\n');
  });
});

describe('The completion', () => {
  /** What bash offers for the last of the words. */
  async function offered(...words: readonly string[]): Promise<readonly string[]> {
    const script = `${bashCompletion(facts)}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _move_acces; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = await run('bash', ['--norc', '-c', script, 'bash', ...words]);
    return stdout.trim().split('\n');
  }

  it('of bash offers commands, options and values where they belong', async () => {
    expect(await offered('move-acces', 'us')).to.deep.equal(['users']);
    expect(await offered('move-acces', 'users', '')).to.include.members(['list', 'show', 'disable', 'enable', '--help']);
    expect(await offered('move-acces', 'users', 'list', '--s')).to.deep.equal(['--search']);
    expect(await offered('move-acces', 'users', 'list', '--search', 'show', '--c')).to.deep.equal(['--cursor']);
    expect(await offered('move-acces', 'audit', 'list', '--event', 'log')).to.deep.equal(['login', 'logout']);
    expect(await offered('move-acces', 'audit', 'list', '--user', '')).to.deep.equal(['']);
    expect(await offered('move-acces', 'completion', '')).to.include.members(['bash', 'zsh', 'fish']);
    expect(await offered('move-acces', 'serve', 'rest', '--p')).to.deep.equal(['--port']);
    expect(await offered('move-acces', 'nonsense', 'x')).to.deep.equal(['']);
  });

  it('of zsh and fish knows every command and every option', () => {
    for (const { path, options, description } of leaves) {
      const word = path.at(-1);
      expect(zshCompletion(facts)).to.include(`'${word}:${description.replaceAll(':', '\\:').replaceAll("'", "'\\''")}'`);
      expect(fishCompletion(facts)).to.include(` -a ${word} -d '${description.replace(/['\\]/g, '\\$&')}'`);
      for (const { long } of options) {
        expect(zshCompletion(facts)).to.include(`'${long}[`);
        expect(fishCompletion(facts)).to.include(` -l ${long.slice(2)} `);
      }
    }
  });
});
