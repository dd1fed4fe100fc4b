import type { FaultFacts } from '../sql/database-fault.js';
import { type DriverError, textOf } from '../sql/driver-error.js';
import { sqliteFaultKinds } from './sqlite-result-codes.js';

const checkFailed = 275;
const raisedByTrigger = 1811;

/** Reads an error of SQLite. The message of a trigger's error is written by the trigger's owner, and may contain values. */
export function sqliteFacts(errcode: number, error: DriverError): FaultFacts {
  const message = textOf(error.message);
  const generated = /^cannot (?:INSERT into|UPDATE) generated column "(.+)"$/.exec(message)?.[1] ?? null;
  const kind = generated === null ? (sqliteFaultKinds.get(errcode) ?? sqliteFaultKinds.get(errcode & 0xff) ?? 'other') : 'refused';
  const constraint = errcode === raisedByTrigger ? null : (/^[A-Z ]+ constraint failed: (.+)$/s.exec(message)?.[1] ?? null);
  const isExpression = errcode === checkFailed && !/^[\p{L}\p{N}_$ ]+$/u.test(constraint ?? '');
  const isOfColumn = (kind === 'unfit' || kind === 'refused') && errcode !== checkFailed;
  const typed = /^cannot store \w+ value in \w+ column (.+)$/.exec(message)?.[1] ?? null;
  const column = generated ?? (isOfColumn ? (typed ?? constraint)?.split('.').at(-1) : undefined);
  return {
    kind,
    code: `SQLITE_${errcode}`,
    detail: constraint === null || isExpression ? textOf(error.errstr) : message,
    columns: column === undefined ? [] : [column],
    key: kind === 'duplicate' ? constraint : null,
    constraint: errcode === checkFailed ? constraint : null,
  };
}
