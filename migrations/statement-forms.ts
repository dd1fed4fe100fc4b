const word = '[a-z_]\\w*';
const value = '(?:\\?|-?\\d+|null|current_timestamp(?: \\( \\d \\))?)';
/** A column, or one of the values. */
const operand = `(?:\\?|-?\\d+|${word})`;
const operator = '(?:=|<>|!=|<|>|<=|>=|like)';
const types =
  'bigint|int|integer|smallint|tinyint|boolean|decimal|real|double|char|varchar|tinytext|text|mediumtext|longtext|binary|varbinary|blob|mediumblob|json|date|datetime|timestamp|enum';

const list = (item: string): string => `${item}(?: , ${item})*`;
const inBrackets = (item: string): string => `\\( ${list(item)} \\)`;
const optional = (part: string): string => `(?: ${part})?`;

const columns = inBrackets(`${word}(?: \\( \\d+ \\))?(?: asc| desc)?`);
const comparison = `(?:${word} ${operator} ${operand}|${word} is(?: not)? null|${word}(?: not)? in ${inBrackets(value)})`;
const where = optional(`where ${comparison}(?: (?:and|or) ${comparison})*`);
const select = `select (?:\\*|${list(operand)}) from ${word}${where}`;
const assignments = list(`${word} = ${operand}(?: [+-] \\d+)?`);

/** What a query may call or have in brackets: a function that is stored in the database could do anything. */
const callable = 'count|max|min|coalesce|lower|version|schema|select|from|where|and|or|in|exists';
/** Any query, since MikroORM looks at the tables that there are; one that locks rows, or writes a file, is none. */
const query = `(?!.*\\b(?:into|for|lock|procedure)\\b)(?!.*(?:\\.|\\b(?!(?:${callable})\\b))\\w+ \\()select [^;]*`;
const setting = `(?:names ${word}(?: collate ${word})?|session ${word} = (?:\\?|[\\w.]+))`;

/** What MikroORM and the connection send before, between and after the statements of a migration. */
const around = [
  query,
  `set ${list(setting)}`,
  'set session transaction isolation level (?:read committed|repeatable read) , read write',
  'pragma foreign_keys = (?:on|off)',
  'begin|commit|rollback',
  `(?:savepoint|release|release savepoint|rollback to|rollback to savepoint) ${word}`,
];

/**
 * The statements that a migration may have, where `tables` are its own: definitions of those and their indexes, and rows of those. Each
 * form spells out a whole statement, with `?` for each text and one space between words and marks. No name has that of a database before it;
 * types, traits and options are listed one by one, since others lead to other tables (`union`, `connection`). The names of tables are
 * compared with their case, which a server on Linux distinguishes.
 */
export function statementForms(tables: readonly string[]): readonly RegExp[] {
  const table = `(?-i:${tables.join('|')})`;
  const references = `references ${table} ${columns}(?: on (?:delete|update) (?:cascade|restrict|set null))*`;
  const type = `(?:${types})(?: ${inBrackets('(?:\\d+|\\?)')})?(?: unsigned)?`;
  const trait = `(?:not null|null|default ${value}|primary key|unique|auto_increment|autoincrement|character set ${word}|collate ${word}|${references})`;
  const column = `${word} ${type}(?: ${trait})*`;
  const constraint = `(?:constraint ${word} )?(?:primary key|unique|foreign key) ${columns}(?: ${references})?`;
  const key = `(?:unique )?(?:key|index) ${word} ${columns}`;
  const member = `(?:${column}|${constraint}|${key})`;
  const option = '(?:engine|default charset|collate|row_format|auto_increment|comment) = (?:\\w+|\\?)';
  const change = `(?:add (?:column )?${column}|add (?:${constraint}|${key})|(?:modify|change ${word}) (?:column )?${column}|drop (?:column |index |key |foreign key )?${word}|drop primary key|(?:algorithm|lock) = \\w+)`;
  const conflict = `(?: on duplicate key update ${assignments}| on conflict(?: ${columns})? do nothing)?`;
  return [
    `create table (?:if not exists )?${table} ${inBrackets(member)}(?: ${option})*`,
    `create (?:unique )?index (?:if not exists )?${word} on ${table} ${columns}${where}`,
    `alter table ${table} ${list(change)}`,
    `drop table (?:if exists )?${list(table)}`,
    `drop index ${word} on ${table}`,
    `(?:insert|replace)(?: or)?(?: ignore| replace)? into ${table}(?: ${columns})? (?:values ${list(inBrackets(value))}|${select})${conflict}(?: returning ${list(word)})?`,
    `update ${table} set ${assignments}${where}`,
    `delete from ${table}${where}`,
    ...around,
  ].map((form) => new RegExp(`^(?:${form})$`, 'i'));
}
