/** Passwords that every blocklist holds; the one of `makeWorld` holds no other. */
export const commonPasswords: readonly string[] = ['password1', '123456789', '88888888', 'qwertyuiop', 'iloveyou'];
