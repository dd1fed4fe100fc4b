/** Passwords that every blocklist contains; the blocklist of `makeWorld` contains no other. */
export const commonPasswords: readonly string[] = ['password1', '123456789', '88888888', 'qwertyuiop', 'iloveyou'];
