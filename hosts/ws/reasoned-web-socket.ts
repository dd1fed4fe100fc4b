import { WebSocket } from 'ws';
import { closeReason, type SocketFault } from './close-causes.js';

const faults: ReadonlyMap<number, SocketFault> = new Map([
  [1002, 'protocol_error'],
  [1007, 'invalid_utf8'],
  [1008, 'too_many_fragments'],
  [1009, 'message_too_big'],
]);

/** The counters of the library's receiver, which it has no public name for. */
interface Receiver {
  /** Bytes that are no whole frame yet. */
  readonly _bufferedBytes: number;
  /** Bytes of the frames of a message whose last one has not come. */
  readonly _messageLength: number;
}

/** Gives a reason also to those ends that the library decides on, which has a code alone. */
export class ReasonedWebSocket extends WebSocket {
  /** What has come of a message that is not complete, in bytes. */
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
