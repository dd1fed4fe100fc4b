import type { MysqlTarget } from './mysql/mysql-target.js';

/** A MySQL or MariaDB server, or the embedded database in a file. */
export type DatabaseTarget = ({ readonly kind: 'mysql' } & MysqlTarget) | { readonly kind: 'sqlite'; readonly file: string };
