import { userInfo } from 'node:os';

/**
 * Who acts, as the audit log names him: `admin:NAME`. `MOVE_ACCES_OPERATOR` is for scripts that act for somebody; else it is who called
 * `sudo`, else the account of the operating system. A word of honour: whoever may run commands here could also write to the database.
 */
export function operatorName(env: Readonly<Record<string, string | undefined>>): string {
  const name = [env.MOVE_ACCES_OPERATOR, env.SUDO_USER].find((text) => text !== undefined && text.trim() !== '') ?? accountName();
  const plain = name.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ').trim();
  return `admin:${[...plain].slice(0, 100).join('')}`;
}

function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid-${process.getuid?.() ?? 'unknown'}`;
  }
}
