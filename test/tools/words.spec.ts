import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { findRetiredWords } from '../../tools/words/find-retired-words.js';
import { findWordProblems } from '../../tools/words/find-word-problems.js';
import { checkedPaths, retiredWords, type WordException, wordExceptions } from '../../tools/words/retired-words.js';
import { projectRoot } from '../support/project-root.js';
import { temporaryTree } from '../support/temporary-tree.js';

/** A sentence with each retired word, in the order of the list. */
const planted = [
  'Nobody waits.',
  'The socket closes for whoever is slow.',
  'Everybody gets it.',
  'A table of ours holds it.',
  'Strangers are refused.',
  'A crowd connects.',
  'The patience of a client ends.',
  'The requests fall into step.',
  'Reads of one moment are shared.',
  'The log says so.',
  'The client is told.',
  'The database is asked.',
  'One question is sent.',
  'The answer is 503.',
  'The use case returns the grant.',
  'A refresh ticket is sealed.',
  'The door closes.',
  'A file of the house.',
  'Other requests are held up.',
  'The service goes on.',
  'The fewest characters.',
] as const;

const plain = [
  'The client gets the same successor again.',
  'No secret questions. No names with question marks.',
  'A WebSocket ticket is valid once.',
  'grants.sql has the rights: GRANT SELECT, INSERT.',
  'See [the limits](./at-the-door.md), `nobody` and `answer-in-time.ts`.',
];

const messagesOf = (file: string, text: string) =>
  findRetiredWords(file, text, { words: retiredWords, exceptions: wordExceptions }).map(({ message }) => message);

function checkWords(files: Readonly<Record<string, string>>): { readonly status: number | null; readonly output: string } {
  using tree = temporaryTree(files);
  const tool = join(projectRoot(), 'dist/tools/words/check-words.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [tool, tree.root], { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

describe('The check of words', () => {
  it('has a planted sentence for each retired word', () => {
    expect(planted).to.have.length(retiredWords.length);
  });

  for (const [index, sentence] of planted.entries()) {
    it(`refuses: ${sentence}`, () => {
      const messages = messagesOf('docs/page.md', `A first line.\n\n${sentence}\n`);
      expect(messages).to.have.length(1);
      expect(messages[0])
        .to.match(/^docs\/page\.md:3: "/)
        .and.include(retiredWords[index]?.write);
    });
  }

  it('accepts plain words, code and the targets of links', () => {
    expect(messagesOf('docs/page.md', plain.join('\n'))).to.deep.equal([]);
  });

  it('reads only the comments of code, at their lines', () => {
    const text = "const nobody = 'the answer';\n/**\n * Nobody waits.\n */\nexport const door = nobody; // the `door` of somebody\n";
    expect(messagesOf('core/file.ts', text).map((message) => message.replace(/: write.*/, ''))).to.deep.equal([
      'core/file.ts:3: "Nobody"',
      'core/file.ts:5: "somebody"',
    ]);
  });

  it('allows a word where an exception names the file and the line', () => {
    const exception = { file: 'docs/page.md', text: 'club door', reason: 'the door of a club' };
    const findings = findRetiredWords('docs/page.md', 'A club door.\nA door.\n', { words: retiredWords, exceptions: [exception] });
    expect(findings.map((finding) => finding.exception)).to.deep.equal([exception, null]);
  });

  it('reports an exception that allows no word', () => {
    using tree = temporaryTree({ 'docs/page.md': 'A club door.\n' });
    const used = { file: 'docs/page.md', text: 'club door', reason: 'the door of a club' };
    const unused = { file: 'docs/page.md', text: 'garden door', reason: 'the door of a garden' };
    const problemsWith = (exceptions: readonly WordException[]) =>
      findWordProblems(tree.root, ['docs'], { words: retiredWords, exceptions }).problems;
    expect(problemsWith([used])).to.deep.equal([]);
    expect(problemsWith([used, unused])).to.deep.equal(['docs/page.md: the exception for "garden door" allows no word']);
  });

  it('has at most ten exceptions, each with a reason', () => {
    expect(wordExceptions).to.have.length.at.most(10);
    for (const { reason, text } of wordExceptions) expect(reason, text).to.have.length.above(10);
  });

  it('covers the documents', () => {
    expect(checkedPaths).to.include.members(['README.md', 'CONTRIBUTING.md', 'docs', 'examples', 'ops']);
  });

  it('is part of the linter, and fails for a retired word', () => {
    const { scripts } = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    expect(scripts['lint']).to.include('npm run -s words');
    expect(scripts['words']).to.equal('node dist/tools/words/check-words.js');
    const bad = checkWords({ 'README.md': 'Nobody waits.\n', 'docs/deep/page.md': 'Fine.\n' });
    expect(bad.status).to.equal(1);
    expect(bad.output).to.include('README.md:1: "Nobody"').and.include('words: 2 files, 1 problems');
    expect(checkWords({ 'README.md': 'No client waits.\n' }).status).to.equal(0);
  });

  it('fails where it finds nothing to read', () => {
    expect(checkWords({ 'other.md': 'Fine.\n' }).status).to.equal(1);
  });
});
