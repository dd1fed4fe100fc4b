import type { Duplex } from 'node:stream';
import type { ProblemCode } from '../http/problem-catalogue.js';
import { sendRawProblem } from '../http/send-raw-problem.js';

export interface UpgradeRefusal {
  readonly code: ProblemCode;
  readonly requestId: string;
  /** Present where it is not the status of the code. */
  readonly status?: 426;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends an HTTP response to an upgrade instead, a problem document (RFC 9457), and closes the connection. */
export function refuseUpgrade(socket: Duplex, refusal: UpgradeRefusal): void {
  sendRawProblem(socket, { ...refusal, instance: '/ws' });
}
