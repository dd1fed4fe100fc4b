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
      api: { name: 'api', ...limits.api },
      account: { name: 'account', ...limits.account },
    });
    bindPort('revokedSessions').toConstantValue(new RevokedSessions());
  });
