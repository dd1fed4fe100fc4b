import { MemoryPasswordBlocklist } from '../../adapters/memory/passwords/memory-password-blocklist.js';
import { BuiltinPasswordBlocklist } from '../../adapters/password-blocklist/builtin-password-blocklist.js';
import { RevokedSessions } from '../../core/domain/sessions/revoked-sessions.js';
import type { Config } from '../config/config.js';
import { portModule } from './port-module.js';

/** What the operator chose, and this process's view of ended sessions. */
export const policiesModule = ({ tokens, limits, passwordMinLength, passwordBlocklist }: Config) =>
  portModule((bindPort) => {
    bindPort('sessionPolicy').toConstantValue(tokens);
    bindPort('passwordPolicy').toConstantValue({ minLength: passwordMinLength, productName: 'Move Acces' });
    bindPort('passwordBlocklist').toConstantValue(
      passwordBlocklist === 'off' ? new MemoryPasswordBlocklist() : new BuiltinPasswordBlocklist(),
    );
    bindPort('rateRules').toConstantValue({
      login: { name: 'login', ...limits.login },
      register: { name: 'register', ...limits.register },
      api: { name: 'api', ...limits.api },
      // a user may make the first half of the attempts without a pause, as fast as they can type; after that, each pause is longer
      account: { name: 'account', ...limits.account, pausesFrom: Math.ceil(limits.account.limit / 2) },
    });
    bindPort('revokedSessions').toConstantValue(new RevokedSessions());
  });
