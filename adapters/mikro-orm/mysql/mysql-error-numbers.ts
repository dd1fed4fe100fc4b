import type { FaultKind } from '../sql/database-fault.js';
import type { MysqlServer } from './mysql-server.js';

type Numbers = Readonly<Partial<Record<Exclude<FaultKind, 'other'>, readonly number[]>>>;

/** What both servers mean. */
const shared: Numbers = {
  unavailable: [
    ...[1021, 1026, 1030, 1037, 1038, 1041, 1114, 1637], // disk or memory full, storage engine failed
    ...[1040, 1203, 1226], // too many connections
    ...[1042, 1043, 1044, 1045, 1049, 1129, 1130], // refused at the handshake
    ...[1047, 1053, 1077, 1078, 1079, 1080, 1152, 1154, 1156, 1157, 1158, 1159, 1160, 1161, 1184, 1189, 1190], // going down, network
    ...[1290, 1792, 1836], // read-only: a replica, or a primary that was demoted
    1665, // the binary log holds statements
    ...[1317, 3024], // ended by a limit or by an administrator
  ],
  contention: [1020, 1205, 1213, 1412],
  duplicate: [1062, 1169, 1586, 1761, 1762],
  unfit: [
    ...[1264, 1265, 1366, 1406], // a number too large, a text that is no value of an ENUM, of other characters, too long
    ...[1118, 1292, 1300, 1367, 1411, 1416, 1441, 1525, 1690],
  ],
  refused: [
    ...[1048, 1138, 1364], // NOT NULL
    ...[1216, 1217, 1451, 1452], // foreign keys
    ...[1643, 1644], // SIGNAL
    ...[1369, 1526, 1591, 1748, 1863], // the condition of a view, partitions
    ...[167, 1467, 1869], // a counter that is used up
  ],
};

/** What the number of one means to that server alone. */
const own: Readonly<Record<MysqlServer, Numbers>> = {
  mysql: {
    unavailable: [3032, 3169, 4031],
    contention: [3572],
    unfit: [3140, 3141, 3156, 3751, 3752, 3854, 3903, 3904, 3907, 3988],
    refused: [3105, 3819],
  },
  mariadb: { unavailable: [1927, 1969], unfit: [1916, 1917, 1918, 1977, 4035, 4036, 4037, 4038, 4039, 4040], refused: [1906, 4025, 4084] },
};

const kindsOf = (...lists: readonly Numbers[]): ReadonlyMap<number, FaultKind> =>
  new Map(
    lists.flatMap((numbers) =>
      Object.entries(numbers).flatMap(([kind, list]) => list.map((number) => [number, kind as FaultKind] as const)),
    ),
  );

const kinds = {
  mysql: kindsOf(shared, own.mysql),
  mariadb: kindsOf(shared, own.mariadb),
  either: kindsOf(shared, own.mysql, own.mariadb),
} as const;

/** SQLSTATE of a value that does not fit (22), a constraint (23), a view's condition (44) and what a trigger signals (45). */
const refusingStates = /^(22|23|44|45)/;

/** Above it no server has a number for errors that clients see: such a one is a trigger's own. */
const lastOfServers = 4999;

/** What an error means: by its number, and where that is in no list, as a trigger may choose any, by its state. */
export const mysqlFaultKind = (errno: number, sqlState: string, server: MysqlServer | null): FaultKind =>
  kinds[server ?? 'either'].get(errno) ?? (errno > lastOfServers || refusingStates.test(sqlState) ? 'refused' : 'other');

const plain: ReadonlySet<number> = new Set([
  ...[
    1040, 1044, 1045, 1046, 1048, 1049, 1050, 1051, 1053, 1054, 1142, 1143, 1146, 1205, 1213, 1227, 1290, 1364, 1451, 1452, 1665, 1820,
    1836,
  ],
  ...[3032, 3159], // before the server is known
]);

const ownPlain: Readonly<Record<MysqlServer, ReadonlySet<number>>> = { mysql: new Set([3105, 3819]), mariadb: new Set([1906, 4025]) };

/** Whether an error's message names objects and accounts only, so that an operator may read it. */
export const isPlainMysqlError = (errno: number, server: MysqlServer | null): boolean =>
  plain.has(errno) || (server !== null && ownPlain[server].has(errno));
