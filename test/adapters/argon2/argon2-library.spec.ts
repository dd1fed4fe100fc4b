import { execFileSync } from 'node:child_process';
import { argon2Sync } from 'node:crypto';
import { expect } from 'chai';
import { type Argon2Library, type Argon2Task, openArgon2, openNodeRs, openReference } from '../../../adapters/argon2/argon2-library.js';
import { temporaryTree } from '../../support/temporary-tree.js';

const usual: Argon2Task = {
  scheme: 'argon2id',
  version: 19,
  memoryKib: 19_456,
  timeCost: 2,
  parallelism: 1,
  salt: Buffer.from('0123456789abcdef'),
  digestBytes: 32,
};

/** Of the reference implementation (phc-winner-argon2, src/test.c): the salt is `somesalt`, the digest has 32 bytes. */
const vectors: readonly (readonly [password: string, task: Partial<Argon2Task>, digest: string])[] = [
  ['password', { memoryKib: 256 }, '9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe'],
  ['password', { memoryKib: 256, parallelism: 2 }, '6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037'],
  ['password', { scheme: 'argon2i', memoryKib: 65_536 }, 'c1628832147d9720c5bd1cfd61367078729f6dfb6f8fea9ff98158e0d7816ed0'],
  ['password', { scheme: 'argon2i', memoryKib: 65_536, version: 16 }, 'f6c4db4a54e2a370627aff3db6176b94a2a209a62c8e36152711802f7b30c694'],
];

const made = { '@node-rs/argon2': openNodeRs(), argon2: openReference() };

describe('Argon2', () => {
  for (const [name, library] of Object.entries(made)) {
    describe(`as ${name} computes it`, () => {
      const digest = async (password: string, task: Argon2Task) =>
        (await (library as Argon2Library).digest(password, task)).toString('hex');

      it('is there', () => expect(library?.name).to.equal(name));

      it('returns the same hash as the reference implementation', async () => {
        for (const [password, task, right] of vectors) {
          const whole = { ...usual, salt: Buffer.from('somesalt'), ...task };
          expect(await digest(password, whole), JSON.stringify(task)).to.equal(right);
          expect(await digest(`${password} `, whole)).not.to.equal(right);
        }
      });

      it('returns the same hash as the implementation in Node.js, for every input', async () => {
        for (const scheme of ['argon2id', 'argon2i', 'argon2d'] as const) {
          for (const change of [
            {},
            { memoryKib: 1024 },
            { timeCost: 3, memoryKib: 4096 },
            { parallelism: 4, memoryKib: 4096 },
            { digestBytes: 16, memoryKib: 64 },
            { digestBytes: 99, memoryKib: 64 },
            { salt: Buffer.alloc(64, 7), memoryKib: 64 },
          ]) {
            const task = { ...usual, scheme, ...change };
            const { memoryKib: memory, timeCost: passes, parallelism, digestBytes: tagLength, salt: nonce } = task;
            for (const message of ['mot de passe é', '', '\u0000\u{1F600}']) {
              const right = argon2Sync(scheme, { message, nonce, parallelism, tagLength, memory, passes }).toString('hex');
              expect(await digest(message, task), `${message} ${JSON.stringify({ scheme, ...change })}`).to.equal(right);
            }
          }
        }
      });
    });
  }

  it('is computed by the faster one where that runs', () => {
    expect(openArgon2().name).to.equal('@node-rs/argon2');
  });

  describe('where the faster one', () => {
    const nameWith = (nativeFile: string) => {
      const file = new URL('../../../adapters/argon2/argon2-library.js', import.meta.url);
      const script = `import('${file}').then(({ openArgon2 }) => console.log(openArgon2().name))`;
      const env = { ...process.env, NAPI_RS_NATIVE_LIBRARY_PATH: nativeFile };
      return execFileSync(process.execPath, ['--eval', script], { env, encoding: 'utf8' }).trim();
    };

    it('has no binary, the reference implementation computes', () => {
      using tree = temporaryTree({});
      expect(nameWith(`${tree.root}/nowhere.node`)).to.equal('argon2');
    });

    it('computes something else on this processor, the reference implementation computes', () => {
      using tree = temporaryTree({ 'wrong.cjs': 'exports.hashRawSync = () => Buffer.alloc(32);' });
      expect(nameWith(`${tree.root}/wrong.cjs`)).to.equal('argon2');
    });
  });
});
