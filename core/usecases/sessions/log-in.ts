import { canonicalEmail } from '../../domain/accounts/email-address.js';
import type { Origin } from '../../domain/origin.js';
import type { Ports } from '../../ports/ports.js';
import { type SignInPorts, signIn } from '../steps/sign-in.js';
import type { SignedIn } from '../steps/signed-in.js';
import { UndeliveredSessions, type UndeliveredSessionsPorts } from '../steps/undelivered-sessions.js';
import { type RecogniseDevicePorts, recogniseDevice } from './recognise-device.js';

export interface LogInInput {
  readonly email: string;
  readonly password: string;
  readonly deviceName?: string | null;
  /** A refresh token that this account had on this device, live or ended. With it, the rate limit counts this device's attempts alone. */
  readonly knownDevice?: string | null;
  readonly origin: Origin;
  /** Aborts when the client no longer waits for the response. Work that is not committed by then is not done. */
  readonly signal?: AbortSignal;
}

export type LogInPorts = SignInPorts & RecogniseDevicePorts & UndeliveredSessionsPorts & Pick<Ports, 'hasher' | 'keyedDigest'>;

/**
 * Signs in with a password, and replaces an older hash with an Argon2id hash. An unknown address and a wrong password get the same
 * response, after the same work. Only a client that sends the right password gets the response that the account is disabled. When the audit
 * log cannot be written, the sign-in continues, and the stored hash does not change.
 * All unknown devices of an account share one count of failures, whatever their client address. A known device has its own count. Unknown
 * devices that use up the attempts therefore delay each other, and never the account owner's own phone.
 * Does not limit by client address: the host does, with `ThrottleClient`, before it reads the body.
 * @throws AuthError `rate_limited`, `invalid_credentials`, `account_disabled`, `overloaded`, `dependency_unavailable`
 */
export class LogIn {
  readonly #ports: LogInPorts;
  readonly #undelivered: UndeliveredSessions;

  constructor(ports: LogInPorts) {
    this.#ports = ports;
    this.#undelivered = new UndeliveredSessions(ports);
  }

  execute({ email: typed, knownDevice, ...input }: LogInInput): Promise<SignedIn> {
    const { hasher, keyedDigest } = this.#ports;
    return hasher.admit(async () => {
      const email = canonicalEmail(typed);
      const addressDigest = keyedDigest.digest('address', email);
      const device = knownDevice ? await recogniseDevice(knownDevice, email, this.#ports) : null;
      return await signIn({ ...input, email, addressDigest, device }, this.#undelivered, this.#ports);
    });
  }
}
