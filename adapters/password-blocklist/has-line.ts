/** Whether a text has the line, by binary search: the lines are sorted by UTF-16 code units, and each ends with a line feed. */
export function hasLine(text: string, line: string): boolean {
  let from = 0;
  let to = text.length;
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const start = text.lastIndexOf('\n', middle - 1) + 1;
    const end = text.indexOf('\n', middle);
    const found = text.slice(start, end);
    if (found === line) return true;
    if (found < line) from = end + 1;
    else to = start;
  }
  return false;
}
