import { passwordHasherContract } from '../../kit/contracts/passwords/password-hasher.contract.js';
import { memoryHarnesses } from '../support/memory-harnesses.js';

describe('The hasher of passwords', () => {
  passwordHasherContract('memory', memoryHarnesses.passwordHasher);
});
