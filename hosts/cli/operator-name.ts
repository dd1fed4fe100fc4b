import { userInfo } from 'node:os';

/**
 * Returns the actor for the audit log: `admin:NAME`. The name is `MOVE_ACCES_OPERATOR`, for scripts that act for a person; otherwise the
 * caller of `sudo`; otherwise the account of the operating system. The name is not verified: a person who may run commands here could also
 * write to the database.
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
