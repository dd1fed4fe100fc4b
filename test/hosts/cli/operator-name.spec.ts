import { expect } from 'chai';
import { operatorName } from '../../../hosts/cli/operator-name.js';

describe('The operator', () => {
  it('is the person that a script acts for, otherwise the caller of sudo, otherwise the account of the system', () => {
    expect(operatorName({ MOVE_ACCES_OPERATOR: 'éloïse', SUDO_USER: 'bob' })).to.equal('admin:éloïse');
    expect(operatorName({ MOVE_ACCES_OPERATOR: ' ', SUDO_USER: 'bob' })).to.equal('admin:bob');
    expect(operatorName({})).to.match(/^admin:[^:\s]+$/);
    expect(operatorName({ SUDO_USER: 'a\nb\u001b' })).to.equal('admin:a b');
    expect(operatorName({ SUDO_USER: 'x'.repeat(500) })).to.have.lengthOf(106);
  });
});
