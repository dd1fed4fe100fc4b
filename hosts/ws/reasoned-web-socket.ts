import { WebSocket } from 'ws';
import { closeReason, type SocketFault } from './close-causes.js';

const faults: ReadonlyMap<number, SocketFault> = new Map([
  [1002, 'protocol_error'],
  [1007, 'invalid_utf8'],
  [1008, 'too_many_fragments'],
  [1009, 'message_too_big'],
]);

/** Gives a reason also to those ends that the library decides on, which has a code alone. */
export class ReasonedWebSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    const fault = reason === undefined && code !== undefined ? faults.get(code) : undefined;
    super.close(code, fault === undefined ? reason : closeReason(fault));
  }
}
