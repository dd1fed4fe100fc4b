import { rateRule, showRateRule } from './rate-rule.js';
import { optional, setting } from './variable.js';

/** How often a client may send requests, and fail for an account. */
export const limitVariables = {
  LOGIN_RATE_LIMIT: setting({
    default: '5/60',
    schema: rateRule,
    doc: 'Logins per client address: requests/seconds',
    show: showRateRule,
  }),
  API_RATE_LIMIT: setting({
    default: '100/300',
    schema: rateRule,
    doc: 'Every other route of the API per client address: requests/seconds',
    show: showRateRule,
  }),
  REGISTER_RATE_LIMIT: optional({
    sample: '20/3600',
    schema: rateRule,
    doc: 'Registrations per client address, 4 times as many per IPv6 /56, 16 times per /48; unset: that of API_RATE_LIMIT',
    show: showRateRule,
  }),
  ACCOUNT_RATE_LIMIT: setting({
    default: '10/900',
    schema: rateRule,
    doc: 'Failed logins per account, all unknown devices together, each known device separately: failures/seconds',
    show: showRateRule,
  }),
} as const;
