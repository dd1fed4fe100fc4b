import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { djangoList, type PasswordSource, readSource, secLists } from './password-sources.js';
import { selectPasswords } from './select-passwords.js';

const target = 'adapters/password-blocklist/assets/common-passwords.txt';

function linesOf(source: PasswordSource): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'passwords-'));
  try {
    return readSource(source, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** `docs/decisions/0010-password-blocklist.md` gives the reasons for these lists and numbers. */
const passwords = selectPasswords({
  lists: [
    { lines: linesOf(djangoList), take: 20_000 },
    { lines: linesOf(secLists), take: 10_000 },
  ],
  minLengths: { from: 8, to: 15, take: 3_000 },
});
writeFileSync(target, passwords.map((password) => `${password}\n`).join(''));
console.log(`${target}: ${passwords.length} passwords`);
