import { expect } from 'chai';
import { BcryptVerifier } from '../../../adapters/bcrypt/bcrypt-verifier.js';
import { legacyVerifiers } from '../../../adapters/legacy-passwords/legacy-verifiers.js';
import { hasherOfAllFormats } from '../../support/foreign-hashes/hasher-of-all-formats.js';
import { itInTime } from '../../support/it-in-time.js';

describe('the cost of a stored hash', () => {
  const letters = (count: number) => 'A'.repeat(count);
  const argon2 = (parameters: string) => `$argon2id$v=19$${parameters}$${letters(22)}$${letters(43)}`;
  const bcrypt = (cost: string) => `$2b$${cost}$${letters(53)}`;
  const phpass = (cost: string) => `$P$${cost}${letters(30)}`;
  const django = (algorithm: string, iterations: string) =>
    `pbkdf2_${algorithm}$${iterations}$salt$${letters(algorithm === 'sha1' ? 27 : 43)}=`;
  const shaCrypt = (rounds: string) => [`$5$${rounds}$salt$${letters(43)}`, `$6$${rounds}$salt$${letters(86)}`];
  const scrypt = (parameters: string) => `$scrypt$${parameters}$${letters(22)}$${letters(43)}`;

  /** Of all threads of this process, in milliseconds: a busy machine makes it no longer. */
  const workOf = async (check: () => Promise<unknown>) => {
    const before = process.cpuUsage();
    await check();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };

  itInTime('is refused beyond the bounds, without work', async () => {
    const hostile = [
      ...['m=262144,t=4,p=1', 'm=4194304,t=1,p=1', 'm=65536,t=16,p=1', 'm=1024,t=1,p=255'].map(argon2),
      ...['15', '20', '31', '99'].flatMap((cost) => [bcrypt(cost), `$wp${bcrypt(cost).replace('$2b', '$2y')}`]),
      ...['J', 'S', 'z', '4', '.'].map(phpass),
      ...['2000001', '99999999', '4294967296', '0', '-1', '1e6', '01'].map((iterations) => django('sha256', iterations)),
      ...['1500001', '99999999', '0'].map((iterations) => django('sha1', iterations)),
      ...['rounds=700001', 'rounds=999999999', 'rounds=4294968296', 'rounds=999', 'rounds=0', 'rounds=-1', 'rounds=05000'].flatMap(
        shaCrypt,
      ),
      ...['ln=18,r=8,p=1', 'ln=17,r=9,p=1', 'ln=10,r=8,p=129', 'ln=1,r=1,p=524289', 'ln=63,r=8,p=1', 'ln=0,r=8,p=1'].map(scrypt),
      ...['ln=17,r=0,p=1', 'ln=17,r=8,p=0', 'ln=16,r=1,p=1', 'ln=10,r=999999,p=1', 'ln=-1,r=8,p=1', 'ln=99,r=8,p=1'].map(scrypt),
      `$scrypt$ln=10,r=8,p=1$${letters(20_000)}$${letters(43)}`,
      `$scrypt$ln=10,r=8,p=1$${letters(22)}$${letters(20_000)}`,
      `$6$${letters(20_000)}$${letters(86)}`,
      `$1$${letters(20_000)}$${letters(22)}`,
      `pbkdf2_sha256$1000$${letters(20_000)}$${letters(43)}=`,
      `{SSHA}${letters(20_000)}`,
    ];
    const hasher = hasherOfAllFormats();
    for (const hash of hostile) {
      const label = hash.slice(0, 60);
      let verdict: unknown;
      const ms = await workOf(async () => {
        verdict = await hasher.verify('secret', hash);
      });
      expect(verdict, label).to.deep.equal({ isMatch: false, needsUpgrade: false, scheme: 'unknown' });
      expect(ms, label).to.be.lessThan(250);
    }
  });

  itInTime('is about a second of work at most within them', async () => {
    const costliest = [
      bcrypt('14'),
      `$wp${bcrypt('14').replace('$2b', '$2y')}`,
      phpass('I'),
      django('sha256', '2000000'),
      django('sha1', '1500000'),
      ...shaCrypt('rounds=700000'),
      `$1$salt$${letters(22)}`,
      ...['ln=17,r=8,p=1', 'ln=12,r=8,p=32', 'ln=4,r=65536,p=1', 'ln=1,r=1,p=524288', 'ln=15,r=1,p=32'].map(scrypt),
    ];
    const legacy = legacyVerifiers({ bcrypt: new BcryptVerifier(), concurrency: 2, recipes: [] });
    const longPassword = 'é'.repeat(64);
    for (const hash of costliest) {
      const verifier = legacy.find((each) => each.understands(hash));
      const ms = await workOf(async () => expect(await verifier?.verify(longPassword, hash), hash).to.equal(false));
      expect(ms, hash).to.be.lessThan(2000);
    }
    const hasher = hasherOfAllFormats();
    for (const parameters of ['m=262144,t=3,p=1', 'm=49152,t=16,p=16'])
      expect(await workOf(() => hasher.verify(longPassword, argon2(parameters))), parameters).to.be.lessThan(2000);
  }).timeout(120_000);
});
