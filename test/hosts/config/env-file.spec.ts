import { expect } from 'chai';
import { parseEnvFile } from '../../../hosts/config/env-file.js';

describe('.env', () => {
  it('knows comments, quotes, export and line ends of Windows', () => {
    const text = '\uFEFFA=1\r\n# B=2\r\nexport C = three \r\nD="a # b"\r\nE=\'x\' # comment\r\nF=plain # comment\r\nG=\r\nH\r\n';
    expect(parseEnvFile(text, {})).to.deep.equal({ A: '1', C: 'three', D: 'a # b', E: 'x', F: 'plain', G: '' });
  });

  it('keeps a # inside an unquoted value, as python-dotenv does', () => {
    const text = 'A=mysql://u:p#w@h/db\nB=a#b # comment\nC=it\'s#1\nexport D=x#y\nE="multi\nF=a#b\n"\nG=#comment\n';
    expect(parseEnvFile(text, {})).to.deep.equal({
      A: 'mysql://u:p#w@h/db',
      B: 'a#b',
      C: "it's#1",
      D: 'x#y',
      E: 'multi\nF=a#b\n',
      G: '',
    });
  });

  it('fills in references, from the environment first, then from the file', () => {
    const text = `USER=app\nHOST=db\nURL=mysql://\${USER}:\${PASS:-none}@\${HOST}/\${MISSING}x$USER\n`;
    expect(parseEnvFile(text, { HOST: 'real', PASS: '' })).to.deep.include({ URL: 'mysql://app:none@real/x$USER' });
  });
});
