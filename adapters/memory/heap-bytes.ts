/** V8 stores a string with one byte a character, or with two when any of its characters is beyond Latin-1. */
const beyondLatin1 = /[\u0100-\uffff]/;

/** Heap bytes of the characters of a text. */
export const heapBytes = (text: string): number => (beyondLatin1.test(text) ? 2 : 1) * text.length;
