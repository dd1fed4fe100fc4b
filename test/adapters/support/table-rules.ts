/** A rule of the tables that belong to others, as it is made and taken away. */
export interface TableRule {
  readonly what: string;
  readonly make: readonly string[];
  readonly drop: readonly string[];
  /** The field that a change of the phone alone, and a registration, are refused for; null where it is not known. */
  readonly fields: readonly [ofChange: string | null, ofRegistration: string | null];
  readonly reason: 'taken' | 'refused' | undefined;
  /** The driver's name of it: MySQL's, MariaDB's. */
  readonly codes: readonly [mysql: string, mariadb: string];
}

export const refusedPhone = '+33600000666';

export const serverRules: readonly TableRule[] = [
  {
    what: 'a CHECK constraint',
    make: [`alter table users add constraint ck_people check (length(telephone) < 40 and telephone <> '${refusedPhone}')`],
    drop: ['alter table users drop constraint ck_people'],
    fields: ['phone', 'phone'],
    reason: 'refused',
    codes: ['ER_CHECK_CONSTRAINT_VIOLATED', 'ER_CONSTRAINT_FAILED'],
  },
  {
    what: 'a unique key on the phone',
    make: [
      `insert into users (id, email, prenom, nom, telephone) values (99, 'taken@example.org', '', '', '${refusedPhone}')`,
      'alter table users add unique key `a.key` (telephone)',
    ],
    drop: ['alter table users drop key `a.key`', 'delete from users where id = 99'],
    fields: ['phone', 'phone'],
    reason: 'taken',
    codes: ['ER_DUP_ENTRY', 'ER_DUP_ENTRY'],
  },
  {
    what: 'a unique key on what is generated from the phone',
    make: [
      `insert into users (id, email, prenom, nom, telephone) values (99, 'taken@example.org', '', '', '${refusedPhone}')`,
      "alter table users add digits varchar(32) generated always as (replace(telephone, '+', '')) stored, add unique key uq_digits (digits)",
    ],
    drop: ['alter table users drop key uq_digits, drop column digits', 'delete from users where id = 99'],
    fields: ['phone', 'phone'],
    reason: 'taken',
    codes: ['ER_DUP_ENTRY', 'ER_DUP_ENTRY'],
  },
  {
    what: 'a trigger that signals',
    make: [
      `create trigger no_insert before insert on users for each row if new.telephone = '${refusedPhone}' then signal sqlstate '45000' set message_text = 'secret ${refusedPhone}'; end if`,
      `create trigger no_update before update on users for each row if new.telephone = '${refusedPhone}' then signal sqlstate '45000' set mysql_errno = 30001, message_text = 'secret'; end if`,
    ],
    drop: ['drop trigger no_insert', 'drop trigger no_update'],
    fields: ['phone', null],
    reason: 'refused',
    codes: ['ER_', 'ER_'],
  },
  {
    what: 'a foreign key',
    make: [
      'create table phones (number varchar(32) primary key)',
      'alter table users add constraint fk_phone foreign key (telephone) references phones (number)',
    ],
    drop: ['alter table users drop foreign key fk_phone', 'alter table users drop key fk_phone', 'drop table phones'],
    fields: ['phone', 'phone'],
    reason: 'refused',
    codes: ['ER_NO_REFERENCED_ROW_2', 'ER_NO_REFERENCED_ROW_2'],
  },
  {
    what: 'a list of values',
    make: ["alter table users modify telephone enum('1', '2') null"],
    drop: ['alter table users modify telephone varchar(32) null'],
    fields: ['phone', 'phone'],
    reason: undefined,
    codes: ['WARN_DATA_TRUNCATED', 'WARN_DATA_TRUNCATED'],
  },
  {
    what: 'a number for the phone',
    make: ['alter table users modify telephone tinyint null'],
    drop: ['alter table users modify telephone varchar(32) null'],
    fields: ['phone', 'phone'],
    reason: undefined,
    codes: ['ER_WARN_DATA_OUT_OF_RANGE', 'ER_WARN_DATA_OUT_OF_RANGE'],
  },
  {
    what: 'a generated column',
    make: ['alter table users drop telephone', "alter table users add telephone varchar(32) generated always as ('1') virtual after nom"],
    drop: ['alter table users drop telephone', 'alter table users add telephone varchar(32) null after nom'],
    fields: ['phone', 'phone'],
    reason: 'refused',
    codes: ['ER_NON_DEFAULT_VALUE_FOR_GENERATED_COLUMN', 'ER_WARNING_NON_DEFAULT_VALUE_FOR_GENERATED_COLUMN'],
  },
  {
    what: 'a trigger that empties a column',
    make: [
      'create trigger no_insert before insert on users for each row set new.nom = null',
      'create trigger no_update before update on users for each row set new.nom = null',
    ],
    drop: ['drop trigger no_insert', 'drop trigger no_update'],
    fields: ['phone', 'lastName'],
    reason: 'refused',
    codes: ['ER_BAD_NULL_ERROR', 'ER_BAD_NULL_ERROR'],
  },
  {
    what: 'a CHECK of the column itself',
    make: [`alter table users modify telephone varchar(32) null check (telephone <> '${refusedPhone}')`],
    drop: [], // by a statement that each server has its own of: it comes last
    fields: ['phone', 'phone'],
    reason: 'refused',
    codes: ['ER_CHECK_CONSTRAINT_VIOLATED', 'ER_CONSTRAINT_FAILED'],
  },
];

export const fileRules: readonly TableRule[] = [
  {
    what: 'a unique index on the phone',
    make: [
      `insert into users (id, email, prenom, nom, telephone) values (99, 'taken@example.org', '', '', '${refusedPhone}')`,
      'create unique index uq_phone on users (telephone)',
    ],
    drop: ['drop index uq_phone', 'delete from users where id = 99'],
    fields: ['phone', 'phone'],
    reason: 'taken',
    codes: ['SQLITE_2067', 'SQLITE_2067'],
  },
  {
    what: 'a unique index on an expression of the phone',
    make: [
      `insert into users (id, email, prenom, nom, telephone) values (99, 'taken@example.org', '', '', '${refusedPhone}')`,
      "create unique index uq_phone on users (replace(telephone, '+', ''))",
    ],
    drop: ['drop index uq_phone', 'delete from users where id = 99'],
    fields: ['phone', 'phone'],
    reason: 'taken',
    codes: ['SQLITE_2067', 'SQLITE_2067'],
  },
  {
    what: 'a trigger that raises',
    make: [
      `create trigger no_insert before insert on users when new.telephone = '${refusedPhone}' begin select raise(abort, 'secret'); end`,
      `create trigger no_update before update on users when new.telephone = '${refusedPhone}' begin select raise(abort, 'secret'); end`,
    ],
    drop: ['drop trigger no_insert', 'drop trigger no_update'],
    fields: ['phone', null],
    reason: 'refused',
    codes: ['SQLITE_1811', 'SQLITE_1811'],
  },
  {
    what: 'a column with CHECK constraints',
    make: [`alter table users add extra text check (length(telephone) < 40 and telephone <> '${refusedPhone}')`],
    drop: ['alter table users drop column extra'],
    fields: ['phone', 'phone'],
    reason: 'refused',
    codes: ['SQLITE_275', 'SQLITE_275'],
  },
  {
    what: 'a named CHECK constraint',
    make: [`alter table users add extra text constraint "ck people" check (length(telephone) < 40 and telephone <> '${refusedPhone}')`],
    drop: ['alter table users drop column extra'],
    fields: ['phone', 'phone'],
    reason: 'refused',
    codes: ['SQLITE_275', 'SQLITE_275'],
  },
  {
    what: 'a foreign key',
    make: [
      'create table phones (number text primary key)',
      'alter table users add extra text references phones (number) default null',
      "create trigger set_extra after update on users when new.telephone is not null begin update users set extra = 'x' where id = new.id; end",
      "create trigger make_extra after insert on users begin update users set extra = 'x' where id = new.id; end",
    ],
    drop: ['drop trigger set_extra', 'drop trigger make_extra', 'alter table users drop column extra', 'drop table phones'],
    fields: ['phone', null],
    reason: 'refused',
    codes: ['SQLITE_787', 'SQLITE_787'],
  },
];
