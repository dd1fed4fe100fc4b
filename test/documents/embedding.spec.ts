import { expect } from 'chai';
import { openConsumer } from '../package/support/consumer.js';
import { packProduct } from '../package/support/packed-product.js';
import { fencedBlocks } from './support/fenced-blocks.js';

describe('The guide for embedding applications', () => {
  it('shows files that compile and commands that work, from the packed product in an empty folder', async () => {
    await using product = await packProduct();
    await using consumer = await openConsumer({ product });
    let output = '';
    for (const { at, language, text } of fencedBlocks('docs/embedding.md')) {
      if (language === 'ts') {
        const [, file] = /^\/\/ ([\w-]+(?:\.test)?\.ts)\n/.exec(text) ?? [];
        if (file === undefined) throw new Error(`${at}: its first line does not name the file`);
        await consumer.write(file, text);
      } else if (language === 'sh' && text !== 'npm install move-acces\n') {
        const [, args = ''] = /^node (.*)\n$/.exec(text) ?? [];
        expect(args, at).not.to.equal('');
        output += await consumer.node(...args.split(' '));
      }
    }
    // the tests that come after the command are run by it as well
    output += await consumer.node('--test');
    expect(output)
      .to.match(/^. pass 2$/m)
      .and.match(/^. fail 0$/m)
      .and.match(/^. pass 1[0-9]$/m);
    expect(output).to.include('nina@example.org\n').and.include('401 token_expired refresh\n');
    await consumer.typeCheck();
  }).timeout(120_000);
});
