import { RevokedSessions } from '../../core/domain/revoked-sessions.js';
import type { Config } from '../config/config.js';
import { portModule } from './port-module.js';

/** What the operator chose, and this process's view of ended sessions. */
export const policiesModule = ({ tokens, limits, passwordMinLength }: Config) =>
  portModule((bindPort) => {
    bindPort('sessionPolicy').toConstantValue(tokens);
    bindPort('passwordPolicy').toConstantValue({ minLength: passwordMinLength });
    bindPort('rateRules').toConstantValue({
      login: { name: 'login', ...limits.login },
      register: { name: 'register', ...limits.register },
      api: { name: 'api', ...limits.api },
      // half of them at once, as somebody who types makes them; then ever more slowly
      account: { name: 'account', ...limits.account, pausesFrom: Math.ceil(limits.account.limit / 2) },
    });
    bindPort('revokedSessions').toConstantValue(new RevokedSessions());
  });
