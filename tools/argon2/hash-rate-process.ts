import { argon2 as nodeArgon2 } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { argon2id, hash } from 'argon2';

/** Hashes for some seconds by one implementation, as many at once as there are cores; prints how fast as JSON. */
const [library = 'argon2', seconds = '3'] = process.argv.slice(2);
const message = 'correct horse battery 9';
const nonce = Buffer.from('0123456789abcdef');
const right = '4091cb2a';

const byPackage = () =>
  hash(message, { type: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1, hashLength: 32, salt: nonce, raw: true });
const byNode = () => promisify(nodeArgon2)('argon2id', { message, nonce, parallelism: 1, tagLength: 32, memory: 19_456, passes: 2 });
const once = library === 'node' ? byNode : byPackage;

const isRight = (await once()).toString('hex').startsWith(right);
const cpu = process.cpuUsage();
const startedAt = performance.now();
const endsAt = startedAt + Number(seconds) * 1000;
let hashes = 0;
const lane = async () => {
  for (; performance.now() < endsAt; hashes += 1) await once();
};
await Promise.all(Array.from({ length: availableParallelism() }, lane));
const spent = process.cpuUsage(cpu);
const perSecond = (hashes * 1000) / (performance.now() - startedAt);
process.stdout.write(JSON.stringify({ perSecond, cpuMs: (spent.user + spent.system) / 1000 / hashes, isRight }));
