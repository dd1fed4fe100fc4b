/** The two servers of one protocol. Their errors have the same numbers up to 1880, and mostly from 3000 to 3060. */
export type MysqlServer = 'mysql' | 'mariadb';

/** By what the server says of its version. */
export const serverOf = (version: string): MysqlServer => (/mariadb/i.test(version) ? 'mariadb' : 'mysql');
