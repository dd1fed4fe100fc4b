const WALKS = [
  ...['0123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'azertyuiop', 'qsdfghjklm', 'wxcvbn', 'qwertzuiop'],
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
];
const NEIGHBOURS = new Set(WALKS.flatMap((walk) => steps(walk).concat(steps([...walk].reverse().join('')))));

/**
 * A cautious estimate, in bits, of what it takes to guess a text: the Shannon entropy of its characters times the
 * number of characters that are news. No news are repetitions: a character that continues a run (`aaa`), a walk
 * over alphabet or keyboard (`abc`, `qwe`), or a stretch of three that occurred before.
 */
export function guessBits(text: string): number {
  const characters = [...text];
  const lower = characters.map((character) => character.toLowerCase());
  const seen = new Set<string>();
  let news = 0;
  lower.forEach((character, index) => {
    const [before = '', last = ''] = lower.slice(Math.max(0, index - 2), index);
    const stretch = before + last + character;
    const isRun = before === last && last === character;
    const isWalk = NEIGHBOURS.has(before + last) && NEIGHBOURS.has(last + character);
    if (index < 2 || !(isRun || isWalk || seen.has(stretch))) news += 1;
    if (index >= 2) seen.add(stretch);
  });
  return news * shannonBits(characters);
}

function shannonBits(characters: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const character of characters) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => {
    const share = count / characters.length;
    return bits - share * Math.log2(share);
  }, 0);
}

function steps(walk: string): string[] {
  return [...walk].slice(1).map((character, index) => walk.charAt(index) + character);
}
