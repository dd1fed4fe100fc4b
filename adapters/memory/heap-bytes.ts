/** V8 keeps a string in one byte a character, or in two when any of its characters is beyond Latin-1. */
const beyondLatin1 = /[\u0100-\uffff]/;

/** What the characters of a text take of the heap. */
export const heapBytes = (text: string): number => (beyondLatin1.test(text) ? 2 : 1) * text.length;
