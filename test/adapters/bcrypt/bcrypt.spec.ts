import { expect } from 'chai';
import { BcryptVerifier } from '../../../adapters/bcrypt/bcrypt-verifier.js';

describe('bcrypt', () => {
  const bcrypt = new BcryptVerifier();
  // Made by libxcrypt's crypt(3).
  const samples: readonly (readonly [password: string, hash: string])[] = [
    ['Bienvenue-2024!', '$2a$05$abcdefghijklmnopqrstuujJlxaT6NNBXSoW1HAeRjkFa/zLckmpG'],
    ['Bienvenue-2024!', '$2b$05$abcdefghijklmnopqrstuujJlxaT6NNBXSoW1HAeRjkFa/zLckmpG'],
    ['Bienvenue-2024!', '$2x$05$abcdefghijklmnopqrstuujJlxaT6NNBXSoW1HAeRjkFa/zLckmpG'],
    ['Bienvenue-2024!', '$2y$05$abcdefghijklmnopqrstuujJlxaT6NNBXSoW1HAeRjkFa/zLckmpG'],
    ['Bienvenue-2024!', '$2y$10$CDE9YxF3RFhheQRiEU4YquG/UVfNdacrjzm2UTAsrLbOMQ56b5KcK'],
    ['mot de passé ÿÿ£', '$2y$05$abcdefghijklmnopqrstuuuRMG/9SGyAg0gKLhPpMZaXqgRxPgSmC'],
    ['mot de passé ÿÿ£', '$2x$05$abcdefghijklmnopqrstuuE4K.u3KBOhW9EJz8DaD6zUtateTn7QW'],
    ['é', '$2x$05$abcdefghijklmnopqrstuuGVlx7LxQ5VIkx546JGb6CFJyD7WVNkW'],
    ['£££', '$2x$05$abcdefghijklmnopqrstuu3bhGPGje0JW/kK/4RxUzFwD/UWhmmre'],
    ['x'.repeat(80), '$2a$05$abcdefghijklmnopqrstuujf8SX2ahXLwp9w/B.Y5XdysS6yR576q'],
  ];

  it('understands the four variants and verifies them as other software does', async () => {
    for (const [password, hash] of samples) {
      expect(bcrypt.understands(hash), hash).to.equal(true);
      expect(await bcrypt.verify(password, hash), hash).to.equal(true);
      for (const wrong of ['', 'guess', `y${password}`]) expect(await bcrypt.verify(wrong, hash), hash).to.equal(false);
    }
  });

  it('distinguishes a sign-extended hash from a correct one where they differ', async () => {
    expect(await bcrypt.verify('é', '$2y$05$abcdefghijklmnopqrstuuGVlx7LxQ5VIkx546JGb6CFJyD7WVNkW')).to.equal(false);
    expect(await bcrypt.verify('é', '$2x$05$abcdefghijklmnopqrstuuKu1GLRsz4r8jvuCir5ziTflSNo/OKtK')).to.equal(false);
  });

  it('looks at the first 72 bytes, and at no length modulo 256', async () => {
    const hash = '$2a$05$abcdefghijklmnopqrstuuLkMZtUsVwf9Ptg/wgiNv8ZhtnAHnix.';
    const digits = '0123456789'.repeat(60);
    expect(await bcrypt.verify(digits.slice(0, 71), hash)).to.equal(false);
    for (const length of [72, 80, 254, 255, 256, 257, 512])
      expect(await bcrypt.verify(digits.slice(0, length), hash), String(length)).to.equal(true);
  });

  it('understands nothing else, in particular no cost that would keep a processor busy', async () => {
    const [, hash] = samples[1] ?? [];
    const odd = [
      '',
      '$2b$',
      '$2b$15$',
      '$2b$31$',
      '$2c$05$',
      '$2$05$',
      '$2b$5$',
      '$2b$03$',
      '$2b$00$',
      ' $2b$05$',
      '$2b$05$x',
      '$wp$2y$10$',
    ];
    for (const start of odd) expect(bcrypt.understands(start + (hash ?? '').slice(7)), start).to.equal(false);
    for (const text of [`${hash} `, `${hash}\n`, `${hash}x`, (hash ?? '').slice(0, -1)])
      expect(bcrypt.understands(text), text).to.equal(false);
    expect(await bcrypt.verify('x', '$2b$31$abcdefghijklmnopqrstuujJlxaT6NNBXSoW1HAeRjkFa/zLckmpG')).to.equal(false);
  });
});
