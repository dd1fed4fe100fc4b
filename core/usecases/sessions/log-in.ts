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
  /** A refresh token that this account had on this device, live or ended: attempts are then counted for the device alone. */
  readonly knownDevice?: string | null;
  readonly origin: Origin;
  /** Aborted once the client no longer waits for the response: what is not committed then is not done. */
  readonly signal?: AbortSignal;
}

export type LogInPorts = SignInPorts & RecogniseDevicePorts & UndeliveredSessionsPorts & Pick<Ports, 'hasher' | 'keyedDigest'>;

/**
 * Signs in with a password, and puts an Argon2id hash in the place of an older one. An unknown address and a wrong password are
 * answered alike, after the same work; that an account is closed is told only to who knows its password. Where the audit log cannot be
 * written the sign-in goes on, and the hash stays as it is.
 * Failures of unknown devices are counted for the account, all together and whatever their address; a known device is counted by itself:
 * unknown devices that use up the attempts slow each other down, and never the owner's own phone.
 * Does not limit by client address: the host does, by `ThrottleClient`, before it reads the body.
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
