import { randomBytes, randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { secretWeakness, strongSecrets } from '../../../hosts/config/secret-strength.js';

describe('the strength of a secret', () => {
  it('lets random values pass in every common spelling', () => {
    for (let round = 0; round < 500; round += 1) {
      const bytes = randomBytes(32);
      const spellings = [bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex').slice(0, 32)];
      for (const text of [...spellings, randomUUID() + randomUUID(), `secret_${bytes.toString('hex')}`]) {
        expect(secretWeakness(text), text).to.equal(null);
      }
    }
  });

  it('counts bytes, not characters', () => {
    const text = randomBytes(32).toString('hex').slice(0, 31);
    expect(secretWeakness(text)).to.equal('wants at least 32 bytes');
    expect(secretWeakness(`${text.slice(0, 30)}é`)).to.equal(null);
  });

  it('refuses the placeholders of sample files, however they are dressed', () => {
    const texts = [
      'change-me-please-change-me-please-change-me',
      'CHANGE_ME_IN_PRODUCTION_0123456789abcdef',
      'changethis-changethis-changethis-1',
      'your-secret-key-here-make-it-long-and-random',
      'your-256-bit-secret-your-256-bit-secret',
      'my-super-secret-jwt-signing-key-for-dev',
      'replace_me_with_a_long_random_string_please',
      'this-is-a-very-insecure-development-value',
      'supersecretsupersecretsupersecret',
      `change-me-${randomBytes(32).toString('hex')}`,
    ];
    for (const text of texts) expect(secretWeakness(text), text).to.match(/^wants a random value/);
  });

  it('refuses what repeats, counts or walks over the keyboard', () => {
    const texts = [
      'a'.repeat(64),
      'secret'.repeat(8),
      'abcd1234'.repeat(5),
      '0123456789'.repeat(4),
      'abcdefghijklmnopqrstuvwxyz0123456789',
      '01'.repeat(32),
      'qwertyuiopasdfghjklzxcvbnm1234567890',
      'Password1!Password1!Password1!Password1!',
      'deadbeef'.repeat(8),
      'correct horse correct horse correct horse',
      `${'x'.repeat(60)}4f9a`,
      'bench-secret-bench-secret-bench-secret-0',
      ' '.repeat(40),
    ];
    for (const text of texts) expect(secretWeakness(text), text).to.match(/^wants a random value/);
  });

  it('reads earlier secrets as a comma list, each as strong as a current one', () => {
    const [one, two] = [randomBytes(32).toString('hex'), randomBytes(32).toString('base64')];
    expect(strongSecrets.parse(`${one}, ${two},`).map((secret) => secret.reveal())).to.deep.equal([one, two]);
    expect(strongSecrets.safeParse(`${one},short`).success).to.equal(false);
    expect(strongSecrets.safeParse(`${one},${'change-me-'.repeat(4)}`).success).to.equal(false);
  });
});
