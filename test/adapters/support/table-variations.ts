const withoutKeys = [
  'alter table acces_app drop foreign key fk_acces_app_user',
  'alter table abonnement drop foreign key fk_abonnement_user',
];
const tables = ['users', 'acces_app', 'abonnement'];
const convertedTo = (charset: string) => [
  ...withoutKeys,
  ...tables.map((table) => `alter table ${table} convert to character set ${charset}`),
];

/** Variations of another application's tables, as statements that change the reference tables. */
export const variations: Readonly<Record<string, readonly string[]>> = {
  'a password column of 60 characters': ['alter table acces_app modify mot_de_passe varchar(60) not null'],
  'a password column of 32 characters': ['alter table acces_app modify mot_de_passe char(32) not null'],
  'tables in latin1': convertedTo('latin1'),
  'tables in utf8mb3': convertedTo('utf8mb3'),
  'tables without transactions': [...withoutKeys, ...tables.map((table) => `alter table ${table} engine=MyISAM`)],
  'no unique index on the address': ['alter table users drop index uq_users_email'],
  'an address column that tells case apart, without an index': [
    'alter table users drop index uq_users_email',
    'alter table users modify email varchar(191) character set utf8mb4 collate utf8mb4_bin not null',
  ],
};
