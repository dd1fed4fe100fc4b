import { styleText } from 'node:util';

/** What a part of the output is, where colours are shown. */
export type Style = 'heading' | 'good' | 'bad' | 'faint' | 'strong';

/** Colours a text, or leaves it as it is. */
export type Paint = (text: string, style: Style | null) => string;

const formats = { heading: ['bold', 'underline'], good: 'green', bad: 'red', faint: 'dim', strong: 'bold' } as const;

/** Colours are for terminals, unless whoever sits there does not want them (no-color.org). */
export function paintFor(stream: { readonly isTTY?: boolean }, env: Readonly<Record<string, string | undefined>>): Paint {
  const isColoured = stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  return (text, style) => {
    if (!isColoured || style === null || text === '') return text;
    const format = formats[style];
    return styleText(typeof format === 'string' ? format : [...format], text, { validateStream: false });
  };
}
