import { NodeRandom } from '../../adapters/node-crypto/node-random.js';
import { randomContract } from '../kit/contracts/random.contract.js';
import { memoryHarnesses } from './support/memory-harnesses.js';

describe('The source of randomness', () => {
  randomContract('memory', memoryHarnesses.random);
  randomContract('node-crypto', () => new NodeRandom());
});
