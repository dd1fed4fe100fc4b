import { heapBytes } from './heap-bytes.js';

/** A stored text. A long text is stored as UTF-8. */
export type KeptText = string | Uint8Array;

/**
 * Longer texts are stored outside the heap. In the heap they would need more than their length: V8 puts one string of 128 KB on a page of
 * 256 KB.
 */
const longestInHeap = 4096;
/** Bytes of a buffer without its content, rounded up. */
const overheadBytes = 256;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export const keepText = (text: string): KeptText => (text.length > longestInHeap ? encoder.encode(text) : text);

export const readText = (kept: KeptText): string => (typeof kept === 'string' ? kept : decoder.decode(kept));

export const keptTextBytes = (kept: KeptText): number => (typeof kept === 'string' ? heapBytes(kept) : overheadBytes + kept.byteLength);
