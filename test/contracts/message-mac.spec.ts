import { HmacMessageMac } from '../../adapters/node-crypto/hmac-message-mac.js';
import { messageMacContract } from '../kit/contracts/message-mac.contract.js';

describe('The MAC of messages', () => {
  messageMacContract('node-crypto', (secrets) => new HmacMessageMac(secrets));
});
