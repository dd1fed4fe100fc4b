import { createHash, randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { publishedDigests } from '../../../hosts/config/published-digests.js';
import { isPublished, publishedDigest } from '../../../hosts/config/published-secrets.js';
import { secretBytes } from '../../../hosts/config/secret-bytes.js';
import { previousSecrets, secretWeakness } from '../../../hosts/config/secret-strength.js';
import { publishedValues } from './support/published-values.js';

const values = Object.values(publishedValues).flat();
const isHex = (text: string) => /^[0-9a-f]+$/i.test(text);

describe('The list of published secrets', () => {
  it('holds only the digests of the values that the tests know', () => {
    expect([...publishedDigests]).to.deep.equal(values.map(publishedDigest));
    expect(new Set(values).size).to.equal(values.length);
  });

  it('holds more than fifty that have the form of a good secret', () => {
    const wellFormed = values.map(secretBytes).filter((bytes) => bytes !== null && bytes.length >= 32 && new Set(bytes).size >= 16);
    expect(wellFormed.length).to.be.greaterThan(50);
  });

  it('rejects each in any case and encoding, as current and as previous secret', () => {
    for (const value of values) {
      const bytes = Buffer.from(secretBytes(value) ?? value);
      const spellings = [
        value,
        bytes.toString('hex'),
        bytes.toString('hex').toUpperCase(),
        bytes.toString('base64'),
        bytes.toString('base64url'),
      ];
      if (isHex(value)) spellings.push(value.toUpperCase(), value.toLowerCase());
      if (!/[_-]/.test(value)) spellings.push(`secret_${value}`);
      for (const text of [...spellings, Buffer.from(value).toString('base64'), `${value} `, `base64:${value}`]) {
        expect(isPublished(text), text).to.equal(true);
        expect(secretWeakness(text), text).to.match(/never published/);
        expect(previousSecrets.safeParse(`${randomBytes(32).toString('hex')},${text}`).success, text).to.equal(false);
      }
    }
  });

  it('refuses a key of 32 bytes in groups, or with characters of a key around it', () => {
    for (const value of values) {
      const bytes = Buffer.from(secretBytes(value) ?? '');
      if (bytes.length !== 32) continue;
      const [hex, base64] = [bytes.toString('hex'), bytes.toString('base64url')];
      const groups = (separator: string) => (hex.match(/.{8}/g) ?? []).join(separator);
      for (const text of [`${hex}00`, `5eed${hex}a1b2c3`, `${base64}Q`, `xY7${base64}`, groups('-'), groups(':'), groups(' ')]) {
        expect(isPublished(text), text).to.equal(true);
        expect(secretWeakness(text), text).to.match(/never published/);
      }
    }
  });

  it('rejects the digest of a word, with any case, line end and digits after it', () => {
    for (const word of [
      'secret',
      'SECRET',
      'Secret',
      'password123',
      'Admin123',
      'changeme\r\n',
      'your-256-bit-secret',
      'my-super-secret-key',
    ]) {
      for (const algorithm of ['sha256', 'sha512', 'sha384', 'sha3-256']) {
        const digest = createHash(algorithm).update(word);
        expect(secretWeakness(digest.digest('hex')), `${algorithm} of ${word}`).to.match(/never published/);
      }
    }
  });

  it('holds no random value', () => {
    for (let round = 0; round < 1000; round += 1)
      expect(isPublished(randomBytes(32).toString(round % 2 === 0 ? 'hex' : 'base64'))).to.equal(false);
  });
});
