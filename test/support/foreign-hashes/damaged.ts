const alphabet = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Returns the hash truncated at every length, and with each of its letters removed, doubled or replaced. None of them is a hash of its
 * password.
 */
export function damaged(hash: string): string[] {
  const places = Array.from({ length: hash.length }, (_, at) => at);
  return [
    ...places.map((at) => hash.slice(0, at)),
    ...places.flatMap((at) => {
      const [before, letter, after] = [hash.slice(0, at), hash.charAt(at), hash.slice(at + 1)];
      return ['', letter + letter, other(letter), '\0', 'é', ' '].map((instead) => before + instead + after);
    }),
    ...['x', ' ', '\n', '$', ':', '='].flatMap((more) => [more + hash, hash + more]),
    hash + hash,
  ].filter((text) => text !== hash);
}

/** Returns a letter half the alphabet away: the last letter of a group may have unused bits, which a smaller change could touch only. */
function other(letter: string): string {
  const index = alphabet.indexOf(letter);
  return index < 0 ? '*' : alphabet.charAt((index + 32) % 64);
}
