import { expect } from 'chai';
import type { MysqlServer } from '../../../../adapters/mikro-orm/mysql/mysql-server.js';
import { DatabaseFault } from '../../../../adapters/mikro-orm/sql/database-fault.js';
import { isUnavailable, portError } from '../../../../adapters/mikro-orm/sql/driver-errors.js';

/** As the driver has it: MySQL's name of the number, whichever server it is. */
const mysqlError = (errno: number, code: string | undefined, sqlMessage = '', sqlState = 'HY000') =>
  Object.assign(new Error(sqlMessage), { errno, code, sqlMessage, sqlState });

function faultOf(error: unknown, server: MysqlServer | null = null): DatabaseFault {
  const fault = portError(error, server);
  if (!(fault instanceof DatabaseFault)) throw fault;
  return fault;
}

describe('An error of a driver', () => {
  it('is named and understood by the table of the server that it comes from', () => {
    const check = mysqlError(4025, 'ER_INNODB_AUTOEXTEND_SIZE_OUT_OF_RANGE', 'CONSTRAINT `ck_phone` failed for `shop`.`users`', '23000');
    expect(faultOf(check, 'mariadb')).to.include({
      kind: 'refused',
      code: 'ER_CONSTRAINT_FAILED',
      constraint: 'ck_phone',
      message: 'database error ER_CONSTRAINT_FAILED: CONSTRAINT `ck_phone` failed for `shop`.`users`',
    });
    expect(faultOf(mysqlError(4025, 'ER_INNODB_AUTOEXTEND_SIZE_OUT_OF_RANGE'), 'mysql')).to.include({ kind: 'other' });
    expect(faultOf(mysqlError(4999, 'ER_OF_MYSQL'), 'mariadb').code).to.equal('ER_4999');
    expect(faultOf(mysqlError(1054, 'ER_BAD_FIELD_ERROR'), 'mariadb').code).to.equal('ER_BAD_FIELD_ERROR');
    const triggerGone = mysqlError(4031, 'ER_CLIENT_INTERACTION_TIMEOUT');
    expect(faultOf(triggerGone, 'mariadb')).to.include({ kind: 'other', code: 'ER_REFERENCED_TRG_DOES_NOT_EXIST' });
    expect(isUnavailable(portError(triggerGone, 'mysql'))).to.equal(true);
    for (const server of ['mariadb', null] as const) expect(isUnavailable(portError(mysqlError(1927, undefined), server))).to.equal(true);
  });

  it('is a rejection of the row for a trigger’s signal, whatever its number, and the trigger’s text is in no message', () => {
    for (const errno of [1644, 31_337, 1048, 1452, 3819]) {
      const fault = faultOf(mysqlError(errno, undefined, 'number +33600000666 is closed', '45000'), 'mysql');
      expect(fault).to.include({ kind: 'refused', code: `ER_${errno}`, message: `database error ER_${errno}` });
    }
    const disguised = faultOf(mysqlError(1452, 'ER_NO_REFERENCED_ROW_2', 'number +33600000666 is closed', '23000'), 'mysql');
    expect(disguised.message).to.equal('database error ER_NO_REFERENCED_ROW_2');
    for (const errno of [5001, 31_337]) {
      expect(faultOf(mysqlError(errno, undefined, 'closed', 'HY000'), 'mariadb')).to.include({ kind: 'refused', code: `ER_${errno}` });
    }
  });

  it('names the column and the key that it is about, and no value', () => {
    const long = mysqlError(1366, 'ER_X', "Incorrect string value: 'column 'email'' for column `shop`.`users`.`prenom` at row 1", '22007');
    expect(faultOf(long)).to.deep.include({ kind: 'unfit', columns: ['prenom'] });
    const taken = mysqlError(1062, 'ER_DUP_ENTRY', "Duplicate entry 'for key 'x'' for key 'users.a.key'", '23000');
    expect(faultOf(taken)).to.include({ kind: 'duplicate', key: 'users.a.key', message: 'database error ER_DUP_ENTRY' });
    const typed = Object.assign(new Error('cannot store TEXT value in INTEGER column users.telephone'), { errcode: 3091, errstr: 'x' });
    expect(faultOf(typed)).to.deep.include({ kind: 'unfit', columns: ['telephone'] });
    const generated = Object.assign(new Error('cannot UPDATE generated column "telephone"'), { errcode: 1, errstr: 'SQL logic error' });
    expect(faultOf(generated)).to.deep.include({ kind: 'refused', columns: ['telephone'] });
  });
});
