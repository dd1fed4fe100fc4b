import { format, inspect } from 'node:util';
import { expect } from 'chai';
import { Secret } from '../../../hosts/config/secret.js';

describe('Secret', () => {
  const secret = new Secret('hunter2');

  it('comes out by reveal alone', () => {
    expect(secret.reveal()).to.equal('hunter2');
  });

  it('prints as [secret] in every way of printing', () => {
    const prints = [`${secret}`, String(secret), JSON.stringify({ secret }), inspect({ secret }, { showHidden: true, depth: 9 })];
    prints.push(format('%s %o %j', secret, secret, secret), inspect(structuredClone({ ...secret })), Object.values(secret).join());
    expect(prints.slice(0, 4)).to.deep.equal(['[secret]', '[secret]', '{"secret":"[secret]"}', '{ secret: [secret] }']);
    expect(prints.join()).not.to.contain('hunter2');
  });
});
