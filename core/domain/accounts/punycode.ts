/** RFC 3492 §5: the parameters of Punycode. */
const [base, tMin, tMax, skew, damp, initialBias, initialCode] = [36, 1, 26, 38, 700, 72, 128];
const highestCode = 0x10ffff;

/** Decodes the part of a domain label after `xn--` (RFC 3492 §6.2). Returns null for a text that is not Punycode. */
export function decodePunycode(text: string): string | null {
  const delimiter = text.lastIndexOf('-');
  const letters = delimiter > 0 ? [...text.slice(0, delimiter)] : [];
  let [code, index, bias, isFirst] = [initialCode, 0, initialBias, true];
  let rest = text.slice(delimiter + 1);
  while (rest !== '') {
    const integer = readInteger(rest, bias);
    if (integer === null) return null;
    const count = letters.length + 1;
    bias = adaptedBias(integer.value, count, isFirst);
    isFirst = false;
    code += Math.floor((index + integer.value) / count);
    index = (index + integer.value) % count;
    if (code > highestCode) return null;
    letters.splice(index, 0, String.fromCodePoint(code));
    index += 1;
    rest = integer.rest;
  }
  return letters.join('');
}

/** RFC 3492 §3.3: an integer of a variable number of digits, the least significant digit first. */
function readInteger(text: string, bias: number): { readonly value: number; readonly rest: string } | null {
  let [value, weight] = [0, 1];
  for (const [position, letter] of [...text].entries()) {
    const digit = digitOf(letter);
    if (digit === null) return null;
    value += digit * weight;
    const threshold = Math.min(Math.max(base * (position + 1) - bias, tMin), tMax);
    if (digit < threshold) return { value, rest: text.slice(position + 1) };
    weight *= base - threshold;
    if (value > Number.MAX_SAFE_INTEGER) return null;
  }
  return null;
}

/** RFC 3492 §6.1. */
function adaptedBias(delta: number, count: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? damp : 2));
  rest += Math.floor(rest / count);
  let steps = 0;
  for (; rest > ((base - tMin) * tMax) / 2; steps += base) rest = Math.floor(rest / (base - tMin));
  return steps + Math.floor(((base - tMin + 1) * rest) / (rest + skew));
}

function digitOf(letter: string): number | null {
  if (/^[a-z]$/.test(letter)) return letter.charCodeAt(0) - 97;
  return /^[0-9]$/.test(letter) ? Number(letter) + 26 : null;
}
