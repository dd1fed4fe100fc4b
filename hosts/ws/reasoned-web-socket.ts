import { WebSocket } from 'ws';
import { closeReason, type SocketFault } from './close-causes.js';

const faults: ReadonlyMap<number, SocketFault> = new Map([
  [1002, 'protocol_error'],
  [1007, 'invalid_utf8'],
  [1008, 'too_many_fragments'],
  [1009, 'message_too_big'],
]);

/** The counters of the library's receiver, which have no public names. */
interface Receiver {
  /** Bytes that are not a whole frame yet. */
  readonly _bufferedBytes: number;
  /** Bytes of the frames of a message whose last frame has not arrived. */
  readonly _messageLength: number;
}

/** Adds a reason to the closures that the library initiates, which have only a code. */
export class ReasonedWebSocket extends WebSocket {
  /** Bytes received of an incomplete message. */
  get unfinishedBytes(): number {
    // a cast: the field is not in the library's types; `test/hosts/ws/traffic.spec.ts` fails if it changes
    const { _receiver: receiver } = this as unknown as { readonly _receiver?: Receiver | null };
    return (receiver?._bufferedBytes ?? 0) + (receiver?._messageLength ?? 0);
  }

  override close(code?: number, reason?: string | Buffer): void {
    const fault = reason === undefined && code !== undefined ? faults.get(code) : undefined;
    super.close(code, fault === undefined ? reason : closeReason(fault));
  }
}
