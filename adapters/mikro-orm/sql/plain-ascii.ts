/** Whether a text is the same bytes in every character set of a column. */
export const isPlainAscii = (text: string): boolean => /^[ -~]*$/.test(text);
