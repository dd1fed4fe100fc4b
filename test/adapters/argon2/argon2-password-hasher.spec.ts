import { argon2Sync } from 'node:crypto';
import { argon2d, hash as argon2Hash, argon2i, argon2id } from 'argon2';
import { expect } from 'chai';
import { type Argon2Library, openArgon2, openReference } from '../../../adapters/argon2/argon2-library.js';
import { formatArgon2id } from '../../../adapters/argon2/argon2-parameters.js';
import { Argon2PasswordHasher } from '../../../adapters/argon2/argon2-password-hasher.js';
import { HashQueue } from '../../../adapters/argon2/hash-queue.js';
import { Argon2Threads } from '../../../adapters/argon2/threads/argon2-threads.js';
import { MemoryMetrics } from '../../../adapters/memory/operations/memory-metrics.js';
import { AuthError } from '../../../core/domain/auth-error.js';
import type { LegacyPasswordVerifier } from '../../../core/ports/passwords/legacy-password-verifier.js';
import { atOnce, tally } from '../../kit/contracts/support/samples.js';
import { itInTime } from '../../support/it-in-time.js';

describe('argon2', () => {
  const floor = { memoryKib: 19_456, timeCost: 2, parallelism: 1 };
  const light = { memoryKib: 1024, timeCost: 2, parallelism: 1 };
  const plain: LegacyPasswordVerifier = {
    scheme: 'plain',
    understands: (hash) => hash.startsWith('plain:'),
    verify: async (password, hash) => hash === `plain:${password}`,
    acceptsVariants: () => false,
  };

  const libraries: readonly Argon2Library[] = [openArgon2(), openReference()];

  const openHasher = ({ library = openArgon2(), parameters = light, concurrency = 2, maxWaiting = 64, legacy = [plain] } = {}) => {
    const metrics = new MemoryMetrics();
    const queue = new HashQueue({ concurrency, maxWaiting, metrics });
    return {
      hasher: new Argon2PasswordHasher({ threads: new Argon2Threads({ library, size: concurrency }), parameters, queue, legacy, metrics }),
      metrics,
    };
  };

  for (const library of libraries) {
    it(`by ${library.name} hashes as the implementation in Node does: either verifies what the other made`, async () => {
      const { hasher } = openHasher({ library, parameters: floor });
      const digest = (password: string, nonce: Buffer) =>
        argon2Sync('argon2id', { message: password, nonce, parallelism: 1, tagLength: 32, memory: 19_456, passes: 2 });
      const nonce = Buffer.from('0123456789abcdef');
      expect(await hasher.verify('mot de passe é', formatArgon2id(floor, nonce, digest('mot de passe é', nonce)))).to.include({
        isMatch: true,
      });
      expect(await hasher.verify('mot de passe e', formatArgon2id(floor, nonce, digest('mot de passe é', nonce)))).to.include({
        isMatch: false,
      });
      const ours = await hasher.hash('mot de passe é');
      const [salt = '', made = ''] = ours.split('$').slice(4);
      expect(digest('mot de passe é', Buffer.from(salt, 'base64')).equals(Buffer.from(made, 'base64'))).to.equal(true);
    });
  }

  it('by one library verifies what it made by the other', async () => {
    const [one, other] = libraries.map((library) => openHasher({ library }).hasher);
    expect(libraries.map(({ name }) => name)).to.deep.equal(['@node-rs/argon2', 'argon2']);
    for (const [maker, judge] of [
      [one, other],
      [other, one],
    ] as const) {
      const hash = (await maker?.hash('mot de passe é')) ?? '';
      expect(await judge?.verify('mot de passe é', hash)).to.include({ isMatch: true, needsUpgrade: false });
      expect(await judge?.verify('mot de passe e', hash)).to.include({ isMatch: false });
    }
  });

  it('writes Argon2id with exactly the parameters it was given, 16 bytes of salt and 32 of hash', async () => {
    const { hasher } = openHasher({ parameters: floor });
    expect(await hasher.hash('secret')).to.match(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  });

  it('reads what the reference implementation and other software wrote', async () => {
    const { hasher } = openHasher();
    // From a Python backend, and the test vectors of the reference implementation (phc-winner-argon2, src/test.c).
    const samples: readonly (readonly [password: string, hash: string, scheme: string])[] = [
      ['Bienvenue-2024!', '$argon2id$v=19$m=19456,t=2,p=1$x5hTSknJGSPkvBdCCKH0ng$gxsejy9AS1v+sj5UXb0HrA', 'argon2id'],
      ['password', '$argon2id$v=19$m=256,p=2,t=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc', 'argon2id'],
      ['password', '$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA', 'argon2i'],
      ['password', '$argon2i$m=65536,t=2,p=1$c29tZXNhbHQ$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ', 'argon2i'],
      ['password', '$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc', 'argon2id'],
    ];
    for (const [password, hash, scheme] of samples) {
      expect(await hasher.verify(password, hash), hash).to.include({ isMatch: true, scheme });
      expect(await hasher.verify(`${password}x`, hash), hash).to.include({ isMatch: false, scheme });
    }
  });

  it('wants anything replaced that is weaker in one respect, and nothing that is stronger in all', async () => {
    const parameters = { memoryKib: 1024, timeCost: 3, parallelism: 2 };
    const { hasher } = openHasher({ parameters });
    const needsUpgrade = async (changes: object) => {
      const options = { type: argon2id, memoryCost: 1024, timeCost: 3, parallelism: 2, hashLength: 32, ...changes } as const;
      return (await hasher.verify('secret', await argon2Hash('secret', options))).needsUpgrade;
    };
    for (const weaker of [
      { memoryCost: 1023 },
      { timeCost: 2 },
      { parallelism: 1 },
      { type: argon2i },
      { type: argon2d },
      { version: 16 },
      { hashLength: 12 },
      { salt: Buffer.alloc(8) },
    ]) {
      expect(await needsUpgrade(weaker), JSON.stringify(weaker)).to.equal(true);
    }
    for (const same of [{}, { memoryCost: 2048 }, { timeCost: 4 }, { hashLength: 16 }, { hashLength: 64 }]) {
      expect(await needsUpgrade(same), JSON.stringify(same)).to.equal(false);
    }
  });

  it('computes no stored hash that would cost more than a bound, unless it was configured so', async () => {
    const { hasher } = openHasher();
    const digest = `${'A'.repeat(22)}$${'A'.repeat(43)}`;
    const hostile = [
      'm=262145,t=1,p=1',
      'm=4194304,t=1,p=1',
      'm=1024,t=17,p=1',
      'm=1024,t=999,p=1',
      'm=1024,t=1,p=17',
      'm=7,t=1,p=1',
      'm=1024,t=0,p=1',
      'm=1024,t=1,p=0',
      'm=1024,t=1,p=1,x=1',
      'm=-1,t=1,p=1',
      'm=1024,m=1024,t=1',
      'm=1024,t=1',
      'm=1024,t=1,p=1,p=1',
    ];
    const texts = hostile.map((parameters) => `$argon2id$v=19$${parameters}$${digest}`);
    texts.push(
      `$argon2id$v=19$m=1024,t=1,p=1$${'A'.repeat(10_000)}$${'A'.repeat(43)}`,
      `$argon2id$v=19$m=1024,t=1,p=1$${'A'.repeat(22)}$${'A'.repeat(10_000)}`,
      `$argon2id$v=99$m=1024,t=1,p=1$${digest}`,
    );
    for (const text of texts)
      expect(await hasher.verify('secret', text), text.slice(0, 60)).to.include({ isMatch: false, scheme: 'unknown' });
    const slow = openHasher({ parameters: { memoryKib: 1024, timeCost: 20, parallelism: 1 } }).hasher;
    expect(await slow.verify('secret', await slow.hash('secret'))).to.include({ isMatch: true, needsUpgrade: false });
  });

  it('asks an older format for what it does not understand itself, and wants that replaced', async () => {
    const { hasher } = openHasher();
    expect(await hasher.verify('secret', 'plain:secret')).to.deep.equal({ isMatch: true, needsUpgrade: true, scheme: 'plain' });
    expect(await hasher.verify('Secret', 'plain:secret')).to.include({ isMatch: false, scheme: 'plain' });
    expect(await hasher.verify('secret', 'other:secret')).to.deep.equal({ isMatch: false, needsUpgrade: false, scheme: 'unknown' });
  });

  itInTime(
    'works as long for nobody, for an unreadable hash and for a wrong password of an old format as for a wrong password',
    async () => {
      const { hasher } = openHasher({ parameters: floor });
      const hash = await hasher.hash('secret');
      const cases = { wrong: hash, nobody: null, unreadable: '*', old: 'plain:other' };
      const times: Record<string, number[]> = { wrong: [], nobody: [], unreadable: [], old: [] };
      for (let round = 0; round < 41; round += 1) {
        for (const [name, stored] of Object.entries(cases)) {
          const startedAt = performance.now();
          await hasher.verify('guess', stored);
          times[name]?.push(performance.now() - startedAt);
        }
      }
      const median = (name: string) => (times[name] ?? []).sort((a, b) => a - b)[20] ?? 0;
      for (const name of ['nobody', 'unreadable', 'old']) expect(median(name) / median('wrong'), name).to.be.within(0.6, 1.6);
    },
  ).timeout(60_000);

  it('refuses what can neither run nor wait, and says to come back in a second', async () => {
    const { hasher } = openHasher({ parameters: floor, concurrency: 1, maxWaiting: 3 });
    const answers = await atOnce(10, async (index) => {
      try {
        await (index % 2 === 0 ? hasher.hash('secret') : hasher.verify('secret', null));
        return 'done';
      } catch (error) {
        expect(error).to.be.instanceOf(AuthError);
        return error instanceof AuthError ? `${error.code} ${error.retryAfterSeconds}` : 'bug';
      }
    });
    expect(tally(answers)).to.deep.equal({ done: 4, 'overloaded 1': 6 });
    expect((await hasher.verify('secret', null)).isMatch).to.equal(false);
  });

  it('counts what it did', async () => {
    const { hasher, metrics } = openHasher();
    await hasher.verify('secret', await hasher.hash('secret'));
    expect(metrics.value('move_acces_password_hash_seconds_count', { operation: 'hash' })).to.equal(1);
    expect(metrics.value('move_acces_password_hash_seconds_count', { operation: 'verify' })).to.equal(1);
    expect(metrics.value('move_acces_password_hash_running')).to.equal(0);
  });

  it('computes as many hashes for a password that is not in normal form, whether there is an account or not', async () => {
    const counted = async (password: string, hash: string | null) => {
      const { hasher, metrics } = openHasher();
      expect((await hasher.verify(password, hash)).isMatch).to.equal(false);
      return metrics.value('move_acces_password_hash_seconds_count', { operation: 'verify' });
    };
    const { hasher } = openHasher();
    for (const hash of [null, await hasher.hash('another'), 'plain:another']) {
      expect(await counted('caf\u00e9', hash)).to.equal(1);
      expect(await counted('cafe\u0301', hash)).to.equal(2);
    }
  });

  it('has an older hash of a text as typed replaced, unless its format accepts variants of the text', async () => {
    const needsUpgrade = async (isForgiving: boolean) => {
      const { hasher } = openHasher({ legacy: [{ ...plain, acceptsVariants: () => isForgiving }] });
      return (await hasher.verify('cafe\u0301', 'plain:cafe\u0301')).needsUpgrade;
    };
    expect([await needsUpgrade(false), await needsUpgrade(true)]).to.deep.equal([true, false]);
  });

  it('counts what hashes took, without the wait for their turn', async () => {
    const counted: number[] = [];
    const metrics = { passwordHashed: (_operation: string, seconds: number) => void counted.push(seconds) };
    const queue = new HashQueue({ concurrency: 1, maxWaiting: 64, metrics: new MemoryMetrics() });
    const threads = { compute: async () => ({ digest: new Uint8Array(32), ms: 20 }) };
    const hasher = new Argon2PasswordHasher({ threads, parameters: light, queue, legacy: [], metrics });
    await atOnce(3, () => hasher.hash('secret'));
    expect(counted).to.deep.equal([0.02, 0.02, 0.02]);
  });
});
