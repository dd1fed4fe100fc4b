import { randomBytes, randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { previousSecrets, secretWeakness, strongSecret } from '../../../hosts/config/secret-strength.js';
import { publishedValues } from './support/published-values.js';

const encodings = ['hex', 'base64', 'base64url'] as const;

describe('The rule for APP_SECRET', () => {
  it('accepts 10,000 random values of 32 to 64 bytes in each encoding', function () {
    this.timeout(20_000);
    for (let round = 0; round < 850; round += 1) {
      for (const bytes of [32, 33, 48, 64].map((size) => randomBytes(size))) {
        for (const encoding of encodings) {
          const text = bytes.toString(encoding);
          expect(secretWeakness(text), text).to.equal(null);
        }
      }
    }
  });

  it('accepts hex digits in capitals, base64 without padding, and a value that was encoded twice', () => {
    for (let round = 0; round < 200; round += 1) {
      const bytes = randomBytes(32);
      const hex = bytes.toString('hex');
      for (const text of [hex.toUpperCase(), bytes.toString('base64').slice(0, 43), Buffer.from(`${hex}\n`).toString('base64')]) {
        expect(secretWeakness(text), text).to.equal(null);
      }
    }
  });

  it('wants 64 hex digits or 43 base64 characters', () => {
    const hex = randomBytes(40).toString('hex');
    const short = [hex.slice(0, 62), hex.slice(0, 63), hex.slice(0, 48), randomBytes(31).toString('base64'), ''];
    const others = [
      randomUUID() + randomUUID(),
      `${randomBytes(32).toString('hex')}!`,
      `base64:${randomBytes(32).toString('base64')}`,
      'é'.repeat(40),
    ];
    for (const text of [...short, ...others.slice(1)]) {
      expect(secretWeakness(text), text).to.match(
        /^wants at least 32 bytes that are random, as 64 hex digits or 43 base64 characters: move-acces secret/,
      );
    }
    expect(secretWeakness(hex.slice(0, 64))).to.equal(null);
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
    for (const text of texts) expect(secretWeakness(text), text).to.match(/^wants a random value, not a placeholder/);
  });

  it('refuses bytes that count, step, repeat or are few', () => {
    const texts = [
      '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
      '1f1e1d1c1b1a191817161514131211100f0e0d0c0b0a09080706050403020100',
      '0123456789abcdeffedcba98765432100123456789abcdeffedcba9876543210',
      '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff',
      'a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6e7f8a9b0c1d2e3f4a5b6c7d8e9f0a1b2',
      '1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f1a2b',
      '0001000200030004000500060007000800090010001100120013001400150016',
      '0123456789abcdef'.repeat(4),
      'deadbeef'.repeat(8),
      '01'.repeat(32),
      randomBytes(16).toString('hex').repeat(2),
      randomBytes(20).toString('base64url').slice(0, 22).repeat(3),
      Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString('base64'),
      Buffer.from(Array.from({ length: 32 }, (_, index) => (index * 7) & 0xff)).toString('base64url'),
    ];
    for (const text of texts)
      expect(secretWeakness(text), text).to.match(/^wants a random value, and this one is typed or follows a pattern/);
  });

  it('refuses typed texts, plain or encoded: alphabets, walks over the keyboard, words', () => {
    const typed = [
      'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
      'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_',
      'qwertyuiopasdfghjklzxcvbnm1234567890QWERTYUIOP',
      '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p1qaz2wsx3edc',
      'CorrectHorseBatteryStapleCorrectHorseBatteryStaple',
      'OurCompanyBackendSigningKeyNumberOneForMobile2025',
      'the-quick-brown-fox-jumps-over-the-lazy-dog-and-runs-away',
      'MaCleSecretePourLaProductionDeMonApplicationMobile1',
      'asfdslknfsdfsdfjksdlkjfkjdsfjskjfsjdfndsfnkjfnskjfskjfskjfk',
    ];
    const sentence = Buffer.from('a sentence that was typed, and is long enough: 2026!');
    for (const text of [...typed, sentence.toString('hex'), sentence.toString('base64')]) {
      expect(secretWeakness(text), text).to.match(/^wants a random value/);
    }
  });

  it('refuses digests of words', () => {
    const texts = [
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      '5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8',
      '2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b',
    ];
    for (const text of texts) expect(secretWeakness(text), text).to.match(/^wants a random value that was never published/);
  });

  it('explains how a value in use stays verified, for values that APP_SECRET_PREVIOUS accepts', () => {
    const reasonFor = (text: string) => strongSecret.safeParse(text).error?.issues[0]?.message ?? '';
    const words = 'w!ll-Th!s-d0-4s-a-k3y-Zk3vR8pXwQ1mT6yB';
    expect(reasonFor(words)).to.match(/move it to APP_SECRET_PREVIOUS, and no session ends$/);
    for (const text of ['short', 'change-me-change-me-change-me-change-me', publishedValues['Flask, quickstart and tutorial']?.[0] ?? '']) {
      expect(reasonFor(text), text)
        .to.match(/^wants/)
        .and.not.match(/APP_SECRET_PREVIOUS/);
    }
  });
});

describe('The rule for APP_SECRET_PREVIOUS', () => {
  it('accepts the values that APP_SECRET accepted before the rule on encodings, as a comma list', () => {
    const hex = randomBytes(32).toString('hex');
    const texts = [
      hex,
      randomBytes(32).toString('base64'),
      hex.slice(0, 32),
      randomUUID() + randomUUID(),
      `secret_${hex}`,
      `${hex.slice(0, 30)}é`,
    ];
    expect(previousSecrets.parse(` ${texts.join(' , ')},`).map((secret) => secret.reveal())).to.deep.equal(texts);
  });

  it('rejects the values that APP_SECRET rejected before as well', () => {
    const strong = randomBytes(32).toString('hex');
    for (const weak of [
      'short',
      'change-me-'.repeat(4),
      'a'.repeat(64),
      'abcd1234'.repeat(5),
      'correct horse correct horse correct horse',
    ]) {
      expect(previousSecrets.safeParse(`${strong},${weak}`).error?.issues[0]?.message, weak).to.match(/^wants /);
    }
  });
});
