import type { FaultKind } from '../sql/database-fault.js';

const numbers: Readonly<Record<Exclude<FaultKind, 'other'>, readonly number[]>> = {
  unavailable: [
    1021,
    1026,
    1030,
    1037,
    1038,
    1041,
    1114,
    1637, // disk or memory full, storage engine failed
    1040,
    1203,
    1226, // too many connections
    1042,
    1043,
    1044,
    1045,
    1049,
    1129,
    1130, // refused at the door
    1047,
    1053,
    1077,
    1078,
    1079,
    1080,
    1152,
    1154,
    1156,
    1157,
    1158,
    1159,
    1160,
    1161,
    1184,
    1189,
    1190, // going down, network
    1290,
    1792,
    1836, // read-only: a replica, or a primary that was demoted
    1665, // the binary log holds statements
    3032, // offline mode
    1317,
    1927,
    1969,
    3024,
    3169,
    4031, // ended by a limit or by an administrator
  ],
  contention: [1020, 1205, 1213, 1412, 3572],
  duplicate: [1062, 1169, 1586],
  unfit: [1264, 1265, 1366, 1406],
};

/** Server error numbers of MySQL and MariaDB that mean something in particular. */
export const mysqlFaultKinds: ReadonlyMap<number, FaultKind> = new Map(
  Object.entries(numbers).flatMap(([kind, list]) => list.map((number) => [number, kind as FaultKind] as const)),
);

/** Errors whose message names objects and accounts only, so that an operator may read it. */
export const plainMysqlErrors: ReadonlySet<number> = new Set([
  1040, 1044, 1045, 1046, 1048, 1049, 1050, 1051, 1053, 1054, 1142, 1143, 1146, 1205, 1213, 1227, 1290, 1364, 1451, 1452, 1665, 1820, 1836,
  3032, 3159,
]);
