import { expect } from 'chai';
import { actions, errorCodes } from '../../core/domain/error-code.js';

describe('The list of error codes', () => {
  it('requires an app to delete its tokens only where they are worthless', () => {
    expect(errorCodes.filter((code) => actions[code] === 'login')).to.have.members([
      'token_missing',
      'token_invalid',
      'session_revoked',
      'refresh_invalid',
      'refresh_expired',
      'refresh_reused',
    ]);
  });
});
