import { expect } from 'chai';
import { parseOptions } from '../../tools/bench/options.js';
import { temporaryTree } from '../support/temporary-tree.js';
import { fencedBlocks } from './support/fenced-blocks.js';

describe('The guide to performance', () => {
  it('shows measurements by options that exist; running them takes half an hour and an idle machine', () => {
    using tree = temporaryTree({ 'baseline/run.sh': '', 'before/package.json': '' });
    const lines = fencedBlocks('docs/performance.md')
      .filter(({ language }) => language === 'sh')
      .flatMap(({ text }) => text.trimEnd().split('\n'));
    expect(lines).to.have.length.above(3);
    for (const line of lines) {
      const [, options = ''] = /^npm run bench(?::check)? --((?: [^#\s]+)+)\s*(?:#.*)?$/.exec(line) ?? [];
      expect(options, line).not.to.equal('');
      const { scenarios, figures } = parseOptions(options.trim().replaceAll('../', `${tree.root}/`).split(' '));
      expect([...scenarios, ...figures], line).not.to.deep.equal([]);
    }
    expect(() => parseOptions(['--bazeline', tree.root])).to.throw('bazeline');
  });
});
