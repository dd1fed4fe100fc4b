import { BuiltinPasswordBlocklist } from '../../../adapters/password-blocklist/builtin-password-blocklist.js';
import { commonPasswords } from '../../kit/common-passwords.js';
import { passwordBlocklistContract } from '../../kit/contracts/passwords/password-blocklist.contract.js';
import { memoryHarnesses } from '../support/memory-harnesses.js';

describe('The blocklist of passwords', () => {
  passwordBlocklistContract('memory', () => memoryHarnesses.passwordBlocklist(commonPasswords));
  passwordBlocklistContract('builtin', () => new BuiltinPasswordBlocklist());
});
