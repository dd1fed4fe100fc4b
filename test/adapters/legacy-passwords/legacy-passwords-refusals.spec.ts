import { expect } from 'chai';
import { foreignHashes } from '../../support/foreign-hashes/foreign-hashes.js';
import { hasherOfAllFormats } from '../../support/foreign-hashes/hasher-of-all-formats.js';
import { itInTime } from '../../support/it-in-time.js';

describe('how long a refusal takes', () => {
  const parameters = { memoryKib: 19_456, timeCost: 2, parallelism: 1 };
  const password = 'Bienvenue-2024!';
  const hashBy = (format: string, tool: string) =>
    foreignHashes().find((group) => group.format === format && group.tool === tool)?.hashes[password] ?? '';

  const timed = async (check: () => Promise<unknown>) => {
    const startedAt = performance.now();
    await check();
    return performance.now() - startedAt;
  };
  const median = (times: readonly number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

  itInTime('is the same for nobody and for each format that was met, once it was met', async () => {
    const hasher = hasherOfAllFormats({ parameters });
    const stored: Record<string, string | null> = {
      nobody: null,
      unreadable: '*',
      argon2id: await hasher.hash(password),
      'argon2id of others': hashBy('argon2id', 'php password_hash'),
      bcrypt: hashBy('bcrypt', 'php password_hash'),
      'django-pbkdf2-sha256': hashBy('django-pbkdf2-sha256', 'django, by default'),
      'sha512-crypt': hashBy('sha512-crypt', 'openssl passwd -6'),
      'ldap-sha1': hashBy('ldap-sha1', 'slappasswd -h {SSHA}'),
    };
    for (let round = 0; round < 2; round += 1) for (const hash of Object.values(stored)) await hasher.verify(password, hash);
    const times = new Map<string, number[]>();
    for (let round = 0; round < 5; round += 1)
      for (const [name, hash] of Object.entries(stored))
        times.set(name, [...(times.get(name) ?? []), await timed(() => hasher.verify('guess', hash))]);
    const nobody = median(times.get('nobody') ?? []);
    for (const [name, each] of times) expect(median(each) / nobody, name).to.be.within(0.7, 1.4);
  }).timeout(120_000);

  itInTime('is not drawn out where every hash is of our own kind', async () => {
    const hasher = hasherOfAllFormats({ parameters });
    const hash = await hasher.hash(password);
    const right = [];
    const wrong = [];
    for (let round = 0; round < 7; round += 1) {
      right.push(await timed(() => hasher.verify(password, hash)));
      wrong.push(await timed(() => hasher.verify(round % 2 === 0 ? 'guess' : 'other', round % 2 === 0 ? hash : null)));
    }
    expect(median(wrong) / median(right)).to.be.within(0.4, 2.2);
  });

  itInTime('keeps nobody waiting who knows the password', async () => {
    const hasher = hasherOfAllFormats({ parameters });
    const slow = hashBy('phpass', 'passlib phpass, by default');
    const quick = hashBy('ldap-sha1', 'slappasswd -h {SSHA}');
    const slowMs = await timed(() => hasher.verify('guess', slow));
    const refusedMs = await timed(() => hasher.verify('guess', quick));
    const admittedMs = await timed(() => hasher.verify(password, quick));
    expect(refusedMs).to.be.greaterThan(slowMs / 2);
    expect(admittedMs).to.be.lessThan(slowMs / 3);
  });
});
