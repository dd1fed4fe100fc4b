/** Changes the text of a file; the text of a file that does not exist yet is empty. */
export type Edit = (text: string) => string;

/** A new file. */
export const made =
  (text: string): Edit =>
  (before) => {
    if (before !== '') throw new Error('the file exists already');
    return `${text.trim()}\n`;
  };

/** One line, or several, behind the first line that matches. */
export const after = (line: RegExp, added: string): Edit => around(line, (found) => [found, added]);

/** One line, or several, before the first line that matches. */
export const before = (line: RegExp, added: string): Edit => around(line, (found) => [added, found]);

/** An import, or an export, wherever it stands: `npm run format` sorts them. */
export const imported = (added: string): Edit => before(/^(import|export) .* from /, added);

export const replaced =
  (old: RegExp, by: string): Edit =>
  (text) => {
    if (!old.test(text)) throw new Error(`nothing matches ${old}`);
    return text.replace(old, by);
  };

/** One edit after the other. */
export const all =
  (...edits: readonly Edit[]): Edit =>
  (text) =>
    edits.reduce((changed, edit) => edit(changed), text);

const around =
  (line: RegExp, change: (found: string) => readonly string[]): Edit =>
  (text) => {
    const lines = text.split('\n');
    const at = lines.findIndex((each) => line.test(each));
    if (at < 0) throw new Error(`no line matches ${line}`);
    return lines.toSpliced(at, 1, ...change(lines[at] ?? '')).join('\n');
  };

/** A line for operators and embedders. */
export const announced = (line: string): Edit => after(/^## Unreleased/, `\n- ${line}`);
