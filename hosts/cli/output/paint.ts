import { styleText } from 'node:util';

/** The meaning of a part of the output, for its colour. */
export type Style = 'heading' | 'good' | 'bad' | 'faint' | 'strong';

/** Colours a text, or leaves it as it is. */
export type Paint = (text: string, style: Style | null) => string;

const formats = { heading: ['bold', 'underline'], good: 'green', bad: 'red', faint: 'dim', strong: 'bold' } as const;

/** Colours only a terminal, and only unless the user's environment disables colours (no-color.org). */
export function paintFor(stream: { readonly isTTY?: boolean }, env: Readonly<Record<string, string | undefined>>): Paint {
  const isColoured = stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  return (text, style) => {
    if (!isColoured || style === null || text === '') return text;
    const format = formats[style];
    return styleText(typeof format === 'string' ? format : [...format], text, { validateStream: false });
  };
}
